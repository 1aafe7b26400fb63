package io.github.x402sessions.devnet.contract.runtime;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.ContractEventType;

/**
 * The {@code TransactionEvent}s that report fees (CAP-67), by the contract of lumens.
 *
 * @param lumens the {@code C…} address of that contract
 */
public record FeeEvents(String lumens) {

	private static final int BEFORE_ALL_TRANSACTIONS = 0;

	private static final int AFTER_ALL_TRANSACTIONS = 2;

	public byte[] charged(String account, long stroops) {
		return event(BEFORE_ALL_TRANSACTIONS, account, stroops);
	}

	public byte[] refunded(String account, long stroops) {
		return event(AFTER_ALL_TRANSACTIONS, account, -stroops);
	}

	private byte[] event(int stage, String account, long stroops) {
		ContractEvent event = EventLog.event(this.lumens, ContractEventType.CONTRACT,
				List.of(Scv.toSymbol("fee"), Scv.toAddress(account)), Scv.toInt128(BigInteger.valueOf(stroops)));
		return new XdrWriter().int32(stage).raw(XdrCodec.bytes(event::toXdrByteArray)).toBytes();
	}

}
