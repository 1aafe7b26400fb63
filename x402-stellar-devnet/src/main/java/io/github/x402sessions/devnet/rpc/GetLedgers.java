package io.github.x402sessions.devnet.rpc;

import java.util.List;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.xdr.XdrCodec;

/**
 * Lists ledgers with their metadata, as far back as they are remembered in full.
 */
final class GetLedgers implements RpcMethod {

	private static final int LIMIT = 5;

	private static final int MAX_LIMIT = 200;

	private final LocalNetwork network;

	GetLedgers(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		Node node = this.network.node();
		List<ClosedLedger> ledgers = node.ledgers();
		LedgerHistory.Range range = new LedgerHistory.Range(ledgers.get(0).mark(),
				ledgers.get(ledgers.size() - 1).mark());
		Pagination pagination = Pagination.of(params, LIMIT, MAX_LIMIT, JsonRpcException.INVALID_REQUEST);
		long start = start(params, pagination, range);
		List<Found> found = ledgers.stream()
			.filter((ledger) -> ledger.sequence() >= start)
			.limit(pagination.limit())
			.map((ledger) -> Found.of(ledger, node))
			.toList();
		return new Reply(found, range.latest().sequence(), range.latest().closeTime(), range.oldest().sequence(),
				range.oldest().closeTime(), Long.toString(start + found.size() - 1));
	}

	private static long start(Params params, Pagination pagination, LedgerHistory.Range range) {
		long start = pagination.start(params, range);
		if (!pagination.isContinued()) {
			return start;
		}
		long next = pagination.cursorNumber() + 1;
		if (!range.contains(next)) {
			throw JsonRpcException
				.invalidParams("cursor ('%s') must be between the oldest ledger: %d and the latest ledger: %d"
					.formatted(pagination.cursor(), range.oldest().sequence(), range.latest().sequence())
						+ " for this rpc instance");
		}
		return next;
	}

	record Reply(List<Found> ledgers, long latestLedger, long latestLedgerCloseTime, long oldestLedger,
			long oldestLedgerCloseTime, String cursor) {
	}

	record Found(String hash, long sequence, String ledgerCloseTime, String headerXdr, String metadataXdr) {

		static Found of(ClosedLedger ledger, Node node) {
			return new Found(ledger.id(), ledger.sequence(), Long.toString(ledger.closeTime()),
					XdrCodec.base64(ledger.historyEntry()), XdrCodec.base64(node.closeMeta(ledger).toBytes()));
		}

	}

}
