package io.github.x402sessions.stellar.rpc;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.http.BoundedHttp;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A {@link StellarRpc} over HTTP. Numbers are read whether the node writes them as
 * numbers or as strings; versions differ. Thread-safe.
 */
public final class HttpStellarRpc implements StellarRpc {

	/** Each takes less than a kilobyte of an answer. */
	private static final int EVENTS_AT_ONCE = 1_000;

	/** A node takes five filters of so many. */
	private static final int TOPICS_OF_A_FILTER = 5;

	private static final String NO_TRANSACTION = "0".repeat(64);

	private final JsonRpc rpc;

	/**
	 * Create the client.
	 * @param endpoint the node's absolute HTTP or HTTPS URL
	 * @param timeout the longest that a call may take
	 */
	public HttpStellarRpc(URI endpoint, Duration timeout) {
		this.rpc = new JsonRpc(endpoint, timeout);
	}

	/**
	 * Create the client.
	 * @param endpoint the node's absolute HTTP or HTTPS URL
	 * @param http sends the calls
	 * @param timeout the longest that a call may take
	 */
	public HttpStellarRpc(URI endpoint, BoundedHttp http, Duration timeout) {
		this.rpc = new JsonRpc(endpoint, http, timeout);
	}

	@Override
	public String networkPassphrase() {
		return text(this.rpc.call("getNetwork", null), "passphrase");
	}

	/**
	 * By a look for a transaction that does not exist, which answers with a few hundred
	 * bytes. {@code getLatestLedger} carries the whole ledger since RPC 25: megabytes on
	 * the public network. {@code getHealth} has a close time only since RPC 27, and fails
	 * where a node lags.
	 */
	@Override
	public LatestLedger latestLedger() {
		return transaction(NO_TRANSACTION).ledgers();
	}

	@Override
	public Health health() {
		JsonNode answer = this.rpc.call("getHealth", null);
		return new Health(number(answer, "latestLedger"), answer.path("latestLedgerCloseTime").asString(""));
	}

	@Override
	public TransactionLookup transaction(String hash) {
		JsonNode answer = this.rpc.call("getTransaction", Map.of("hash", hash));
		return new TransactionLookup(word(TransactionLookup.Status.class, answer), optionalNumber(answer, "ledger"),
				optionalText(answer, "envelopeXdr"), number(answer, "latestLedger"),
				number(answer, "latestLedgerCloseTime"), number(answer, "oldestLedger"),
				feeCharged(optionalText(answer, "resultXdr")), optionalText(answer, "resultXdr"),
				time(answer, "oldestLedgerCloseTime"), time(answer, "createdAt"));
	}

	/** What nothing is proved by may be missing or written in another way. */
	private static long time(JsonNode answer, String name) {
		return answer.path(name).asLong(0);
	}

	/** The first eight bytes of a result; the rest may be newer than we are. */
	private static long feeCharged(@Nullable String result) {
		try {
			byte[] xdr = (result != null) ? Base64.getDecoder().decode(result) : new byte[0];
			return (xdr.length < Long.BYTES) ? 0 : Math.max(0, ByteBuffer.wrap(xdr).getLong());
		}
		catch (IllegalArgumentException ex) {
			return 0;
		}
	}

	@Override
	public Submission send(String envelope) {
		JsonNode answer = this.rpc.call("sendTransaction", Map.of("transaction", envelope));
		return new Submission(word(Submission.Status.class, answer), optionalText(answer, "errorResultXdr"));
	}

	@Override
	public Simulation simulate(String envelope) {
		JsonNode answer = this.rpc.call("simulateTransaction", Map.of("transaction", envelope));
		String error = optionalText(answer, "error");
		long ledger = optionalNumber(answer, "latestLedger");
		return (error != null) ? new Simulation(null, 0, error, ledger, List.of())
				: new Simulation(text(answer, "transactionData"), number(answer, "minResourceFee"), null, ledger,
						returned(answer), authorisations(answer), events(answer));
	}

	private static List<String> returned(JsonNode simulation) {
		List<String> values = new ArrayList<>();
		for (JsonNode result : simulation.path("results")) {
			String value = optionalText(result, "xdr");
			if (value != null) {
				values.add(value);
			}
		}
		return values;
	}

	private static List<String> events(JsonNode simulation) {
		List<String> events = new ArrayList<>();
		simulation.path("events").forEach((event) -> events.add(event.stringValue("")));
		return events;
	}

	private static List<String> authorisations(JsonNode simulation) {
		List<String> entries = new ArrayList<>();
		for (JsonNode result : simulation.path("results")) {
			result.path("auth").forEach((entry) -> entries.add(entry.stringValue("")));
		}
		return entries;
	}

	@Override
	public LedgerEntries entries(Collection<String> keys) {
		JsonNode answer = this.rpc.call("getLedgerEntries", Map.of("keys", List.copyOf(keys)));
		Map<String, String> entries = new HashMap<>();
		Map<String, Long> written = new HashMap<>();
		Map<String, Long> liveUntil = new HashMap<>();
		for (JsonNode entry : answer.path("entries")) {
			String key = text(entry, "key");
			entries.put(key, text(entry, "xdr"));
			written.put(key, number(entry, "lastModifiedLedgerSeq"));
			if (entry.hasNonNull("liveUntilLedgerSeq")) {
				liveUntil.put(key, number(entry, "liveUntilLedgerSeq"));
			}
		}
		return new LedgerEntries(entries, number(answer, "latestLedger"), written, liveUntil);
	}

	@Override
	public long inclusionFee() {
		return number(this.rpc.call("getFeeStats", null).path("sorobanInclusionFee"), "p90");
	}

	@Override
	public EventPage events(String contract, List<List<String>> topics, long startLedger, @Nullable String cursor) {
		Map<String, Object> page = (cursor != null) ? Map.of("limit", EVENTS_AT_ONCE, "cursor", cursor)
				: Map.of("limit", EVENTS_AT_ONCE);
		Map<String, Object> params = new HashMap<>(Map.of("filters", filters(contract, topics), "pagination", page));
		if (cursor == null) {
			params.put("startLedger", startLedger);
		}
		JsonNode answer = this.rpc.call("getEvents", params);
		List<EventPage.Event> events = new ArrayList<>();
		for (JsonNode event : answer.path("events")) {
			events.add(event(event));
		}
		return new EventPage(events, optionalText(answer, "cursor"), number(answer, "latestLedger"));
	}

	private static List<Object> filters(String contract, List<List<String>> topics) {
		List<Object> filters = new ArrayList<>();
		for (int first = 0; first < topics.size(); first += TOPICS_OF_A_FILTER) {
			filters.add(Map.of("type", "contract", "contractIds", List.of(contract), "topics",
					topics.subList(first, Math.min(topics.size(), first + TOPICS_OF_A_FILTER))));
		}
		return filters;
	}

	private static EventPage.Event event(JsonNode event) {
		List<String> topics = new ArrayList<>();
		event.path("topic").forEach((topic) -> topics.add(topic.stringValue("")));
		return new EventPage.Event(text(event, "txHash"), number(event, "ledger"), topics);
	}

	private static <E extends Enum<E>> E word(Class<E> type, JsonNode answer) {
		String status = text(answer, "status");
		for (E word : type.getEnumConstants()) {
			if (word.name().equals(status)) {
				return word;
			}
		}
		throw new RpcException("the Stellar RPC answered with an unknown status", null);
	}

	private static long number(JsonNode node, String name) {
		JsonNode value = node.path(name);
		try {
			return value.isIntegralNumber() ? value.longValue() : Long.parseLong(text(node, name));
		}
		catch (NumberFormatException ex) {
			throw new RpcException("the Stellar RPC answered with '" + name + "' that is no number", ex);
		}
	}

	private static long optionalNumber(JsonNode node, String name) {
		return node.hasNonNull(name) ? number(node, name) : 0;
	}

	private static String text(JsonNode node, String name) {
		String value = optionalText(node, name);
		if (value == null) {
			throw new RpcException("the Stellar RPC answered without '" + name + "'", null);
		}
		return value;
	}

	private static @Nullable String optionalText(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isString() ? value.stringValue() : null;
	}

}
