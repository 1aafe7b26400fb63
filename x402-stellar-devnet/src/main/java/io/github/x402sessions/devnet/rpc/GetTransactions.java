package io.github.x402sessions.devnet.rpc;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.xdr.XdrCodec;

/**
 * Lists transactions from a ledger on.
 */
final class GetTransactions implements RpcMethod {

	private static final int LIMIT = 50;

	private static final int MAX_LIMIT = 200;

	private final LocalNetwork network;

	GetTransactions(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		Node node = this.network.node();
		LedgerHistory.Range range = node.range();
		Pagination pagination = Pagination.of(params, LIMIT, MAX_LIMIT, JsonRpcException.INVALID_REQUEST);
		TotalOrderId start = start(params, pagination, range);
		List<AppliedTransaction> found = node.between(start.ledger(), range.latest().sequence() + 1)
			.stream()
			.filter((applied) -> applied.ledger() > start.ledger() || applied.order() >= start.transaction())
			.limit(pagination.limit())
			.toList();
		TotalOrderId last = (found.size() == pagination.limit()) ? place(found.get(found.size() - 1))
				: new TotalOrderId(range.latest().sequence(), lastOrder(node, range.latest().sequence()), 1);
		return new Reply(found.stream().map(Found::of).toList(), range.latest().sequence(), range.latest().closeTime(),
				range.oldest().sequence(), range.oldest().closeTime(), Long.toString(last.number()));
	}

	private static TotalOrderId start(Params params, Pagination pagination, LedgerHistory.Range range) {
		long ledger = pagination.start(params, range);
		if (pagination.isContinued()) {
			TotalOrderId last = TotalOrderId.of(pagination.cursorNumber());
			return new TotalOrderId(last.ledger(), last.transaction() + 1, 1);
		}
		return new TotalOrderId(ledger, 1, 1);
	}

	private static long lastOrder(Node node, long ledger) {
		return node.between(ledger, ledger + 1).size();
	}

	private static TotalOrderId place(AppliedTransaction applied) {
		return new TotalOrderId(applied.ledger(), applied.order(), 1);
	}

	record Reply(List<Found> transactions, long latestLedger, long latestLedgerCloseTimestamp, long oldestLedger,
			long oldestLedgerCloseTimestamp, String cursor) {
	}

	record Found(String status, String txHash, int applicationOrder, boolean feeBump, String envelopeXdr,
			String resultXdr, String resultMetaXdr,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> diagnosticEventsXdr, GetTransaction.Events events,
			long ledger, long createdAt) {

		static Found of(AppliedTransaction applied) {
			return new Found(applied.result().successful() ? "SUCCESS" : "FAILED", applied.transaction().hashHex(),
					applied.order(), applied.transaction().feeBump() != null, applied.transaction().envelope(),
					applied.result().toBase64(), XdrCodec.base64(applied.meta()),
					AppliedTransaction.base64(applied.diagnostics()), GetTransaction.Events.of(applied),
					applied.ledger(), applied.closeTime());
		}

	}

}
