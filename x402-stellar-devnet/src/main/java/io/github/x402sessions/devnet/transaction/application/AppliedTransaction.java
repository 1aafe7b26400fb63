package io.github.x402sessions.devnet.transaction.application;

import java.util.List;

import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.xdr.XdrCodec;

/**
 * A transaction in a closed ledger.
 *
 * @param transaction what was sent
 * @param result how it ended
 * @param meta what it changed, as XDR
 * @param diagnostics what its contract call did, as XDR
 * @param feeEvents the events about its fee, as XDR
 * @param contractEvents the events of each operation, as XDR
 * @param ledger the ledger that holds it
 * @param closeTime that ledger's close time in seconds since 1970
 * @param order its place in that ledger, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record AppliedTransaction(TransactionFrame transaction, AppliedResult result, byte[] meta,
		List<byte[]> diagnostics, List<byte[]> feeEvents, List<List<byte[]>> contractEvents, long ledger,
		long closeTime, int order) {

	public static List<String> base64(List<byte[]> values) {
		return values.stream().map(XdrCodec::base64).toList();
	}

}
