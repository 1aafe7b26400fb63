package io.github.x402sessions.devnet.network.state;

import java.util.List;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.application.AppliedResult;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.xdr.XdrCodec;

/**
 * An applied transaction in a file; all XDR as base64.
 *
 * @param envelope what was sent
 * @param result how it ended
 * @param meta what it changed
 * @param diagnostics what its contract call did
 * @param feeEvents the events about its fee
 * @param contractEvents the events of each operation
 * @param ledger the ledger that holds it
 * @param closeTime that ledger's close time, seconds since 1970
 * @param order its place in that ledger, from 1
 */
record SavedTransaction(String envelope, AppliedResult result, String meta, List<String> diagnostics,
		List<String> feeEvents, List<List<String>> contractEvents, long ledger, long closeTime, int order) {

	static SavedTransaction of(AppliedTransaction applied) {
		return new SavedTransaction(applied.transaction().envelope(), applied.result(), XdrCodec.base64(applied.meta()),
				AppliedTransaction.base64(applied.diagnostics()), AppliedTransaction.base64(applied.feeEvents()),
				applied.contractEvents().stream().map(AppliedTransaction::base64).toList(), applied.ledger(),
				applied.closeTime(), applied.order());
	}

	AppliedTransaction toApplied(Host.Rules rules) {
		return new AppliedTransaction(TransactionFrame.parse(this.envelope, rules), this.result,
				XdrCodec.bytes(this.meta), bytes(this.diagnostics), bytes(this.feeEvents),
				this.contractEvents.stream().map(SavedTransaction::bytes).toList(), this.ledger, this.closeTime,
				this.order);
	}

	private static List<byte[]> bytes(List<String> base64) {
		return base64.stream().map(XdrCodec::bytes).toList();
	}

}
