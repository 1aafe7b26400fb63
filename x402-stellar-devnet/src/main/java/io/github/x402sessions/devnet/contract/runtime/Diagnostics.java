package io.github.x402sessions.devnet.contract.runtime;

import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.ContractEventType;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * Diagnostic events from outside of any contract.
 */
public final class Diagnostics {

	private Diagnostics() {
	}

	/** The {@code DiagnosticEvent}, as XDR, of a transaction that was not taken. */
	public static byte[] refusal(String explanation) {
		SCVal error = HostError.host(SCErrorType.SCE_STORAGE, SCErrorCode.SCEC_INVALID_INPUT).toScVal();
		ContractEvent event = EventLog.event(null, ContractEventType.DIAGNOSTIC, List.of(Scv.toSymbol("error"), error),
				Scv.toString(explanation));
		return XdrCodec
			.bytes(new DiagnosticEvent.Builder().inSuccessfulContractCall(false).event(event).build()::toXdrByteArray);
	}

}
