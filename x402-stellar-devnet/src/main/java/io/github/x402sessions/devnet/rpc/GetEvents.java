package io.github.x402sessions.devnet.rpc;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.xdr.ContractEvent;

/**
 * Lists the events that contracts emitted from a ledger on.
 */
final class GetEvents implements RpcMethod {

	private static final int LIMIT = 100;

	private static final int MAX_LIMIT = 10_000;

	/** The most ledgers that are searched. */
	private static final long MAX_LEDGERS = 10_000;

	private final LocalNetwork network;

	GetEvents(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		Pagination pagination = Pagination.of(params, LIMIT, MAX_LIMIT, JsonRpcException.INVALID_PARAMS);
		EventCursor start = start(params, pagination);
		List<EventFilter> filters = EventFilter.of(params);
		Node node = this.network.node();
		LedgerHistory.Range range = node.range();
		long first = start.operation().ledger();
		if (first < range.oldest().sequence() || first > range.latest().sequence()) {
			throw JsonRpcException.invalidRequest("startLedger must be within the ledger range: "
					+ range.oldest().sequence() + " - " + range.latest().sequence());
		}
		long end = Math.min(range.latest().sequence() + 1, first + MAX_LEDGERS);
		if (params.number("endLedger") != 0) {
			end = Math.min(end, params.number("endLedger"));
		}
		List<Found> found = node.between(first, end)
			.stream()
			.flatMap(GetEvents::events)
			.filter((event) -> EventCursor.parse(event.id()).compareTo(start) >= 0)
			.filter((event) -> filters.isEmpty() || filters.stream().anyMatch((filter) -> filter.matches(event)))
			.limit(pagination.limit())
			.toList();
		String cursor = (found.size() == pagination.limit()) ? found.get(found.size() - 1).id()
				: EventCursor.endOf(end - 1).toString();
		return new Reply(found, cursor, range.latest().sequence(), range.oldest().sequence(),
				Long.toString(range.latest().closeTime()), Long.toString(range.oldest().closeTime()));
	}

	private static EventCursor start(Params params, Pagination pagination) {
		long ledger = params.number("startLedger");
		if (pagination.isContinued()) {
			if (ledger != 0 || params.number("endLedger") != 0) {
				throw JsonRpcException.invalidParams("ledger ranges and cursor cannot both be set");
			}
			EventCursor last = EventCursor.parse(pagination.cursor());
			return new EventCursor(last.operation(), last.event() + 1);
		}
		if (ledger == 0) {
			throw JsonRpcException.invalidParams("startLedger must be positive");
		}
		return new EventCursor(new TotalOrderId(ledger, 0, 0), 0);
	}

	private static Stream<Found> events(AppliedTransaction applied) {
		List<List<byte[]>> operations = applied.contractEvents();
		return IntStream.range(0, operations.size())
			.boxed()
			.flatMap((operation) -> IntStream.range(0, operations.get(operation).size())
				.mapToObj((event) -> Found.of(applied, operation, event, operations.get(operation).get(event))));
	}

	record Reply(List<Found> events, String cursor, long latestLedger, long oldestLedger, String latestLedgerCloseTime,
			String oldestLedgerCloseTime) {
	}

	record Found(String type, long ledger, String ledgerClosedAt, String contractId, String id, int operationIndex,
			int transactionIndex, String txHash, boolean inSuccessfulContractCall, List<String> topic, String value) {

		static Found of(AppliedTransaction applied, int operation, int event, byte[] xdr) {
			ContractEvent read = XdrCodec.decode(xdr, ContractEvent::fromXdrByteArray, ContractEvent::toXdrByteArray);
			EventCursor place = new EventCursor(new TotalOrderId(applied.ledger(), applied.order(), operation), event);
			return new Found("contract", applied.ledger(), Instant.ofEpochSecond(applied.closeTime()).toString(),
					StrKey.encodeContract(read.getContractID().getHash()), place.toString(), operation, applied.order(),
					applied.transaction().hashHex(), true,
					Arrays.stream(read.getBody().getV0().getTopics())
						.map((topic) -> XdrCodec.base64(topic::toXdrByteArray))
						.toList(),
					XdrCodec.base64(read.getBody().getV0().getData()::toXdrByteArray));
		}

	}

}
