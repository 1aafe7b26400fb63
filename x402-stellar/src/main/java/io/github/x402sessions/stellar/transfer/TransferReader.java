package io.github.x402sessions.stellar.transfer;

import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Address;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;

/**
 * Reads what a transaction of a spender transfers. Thread-safe.
 */
public final class TransferReader {

	private static final int ARGUMENTS = 4;

	/**
	 * Read the transfer in a transaction.
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is not a single {@code transfer_from}
	 */
	public @Nullable Transfer read(String envelope) {
		return read(envelope, null);
	}

	/**
	 * Read the transfer in a transaction, if it is one that a spender has made.
	 * @param spender the spender's address
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is not a single {@code transfer_from}
	 * of that spender
	 */
	@Nullable Transfer readOf(String spender, String envelope) {
		return read(envelope, spender);
	}

	private @Nullable Transfer read(String envelope, @Nullable String spender) {
		return Xdr.read(envelope, (base64) -> {
			CallEnvelope read = CallEnvelope.of(base64);
			InvokeContractArgs call = (read != null) ? read.call() : null;
			if (call == null || call.getArgs().length != ARGUMENTS
					|| !"transfer_from".equals(call.getFunctionName().getSCSymbol().toString())
					|| (spender != null && !spender.equals(address(call, 0)))) {
				return null;
			}
			return new Transfer(Address.fromSCAddress(call.getContractAddress()).toString(), address(call, 1),
					address(call, 2), Scv.fromInt128(call.getArgs()[ARGUMENTS - 1]));
		});
	}

	private static String address(InvokeContractArgs call, int argument) {
		return Scv.fromAddress(call.getArgs()[argument]).toString();
	}

}
