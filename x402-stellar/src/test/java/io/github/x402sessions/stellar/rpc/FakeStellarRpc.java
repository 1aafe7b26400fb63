package io.github.x402sessions.stellar.rpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;

/**
 * A node that says what a test has written down for it.
 */
public final class FakeStellarRpc implements StellarRpc {

	public final List<String> sent = new ArrayList<>();

	public final Map<String, String> entries = new HashMap<>();

	public final Map<String, Long> liveUntil = new HashMap<>();

	public final Deque<Supplier<Submission>> submissions = new ArrayDeque<>();

	public final Deque<Supplier<TransactionLookup>> lookups = new ArrayDeque<>();

	public String passphrase = "test";

	public long entriesLedger;

	public Supplier<LatestLedger> latest = () -> new LatestLedger(100, 1_000, 1);

	public Supplier<Simulation> simulation = () -> new Simulation(null, 0, "not written down", 100, List.of());

	public Supplier<Long> inclusionFee = () -> 100L;

	/** The ledger that has written an entry last, by its key; absent if there is none. */
	public Function<String, Long> written = (key) -> null;

	/** Those of all calls for events. */
	public final List<List<String>> topics = new ArrayList<>();

	public List<EventPage.Event> events = List.of();

	/** Whether it has forgotten the ledger with which a call for events begins. */
	public LongPredicate forgets = (startLedger) -> false;

	public int eventCalls;

	public int entryCalls;

	public int keys;

	public int simulations;

	public int heights;

	public static TransactionLookup notFound(long latestLedger, long closeTime, long oldestLedger) {
		return new TransactionLookup(Status.NOT_FOUND, 0, null, latestLedger, closeTime, oldestLedger, 0, null, 0, 0);
	}

	public static TransactionLookup applied(Status status, long ledger) {
		return new TransactionLookup(status, ledger, "", ledger, 1_000, 1, 0, null, 0, 0);
	}

	@Override
	public String networkPassphrase() {
		return this.passphrase;
	}

	@Override
	public LatestLedger latestLedger() {
		this.heights++;
		return this.latest.get();
	}

	@Override
	public Health health() {
		return new Health(this.latest.get().sequence(), this.latest.get().closeTime());
	}

	@Override
	public TransactionLookup transaction(String hash) {
		return this.lookups.remove().get();
	}

	@Override
	public Submission send(String envelope) {
		this.sent.add(envelope);
		return this.submissions.remove().get();
	}

	@Override
	public Simulation simulate(String envelope) {
		this.simulations++;
		return this.simulation.get();
	}

	@Override
	public LedgerEntries entries(Collection<String> keys) {
		Map<String, String> found = new HashMap<>(this.entries);
		found.keySet().retainAll(keys);
		Map<String, Long> ledgers = new HashMap<>();
		for (String key : keys) {
			Long ledger = this.written.apply(key);
			if (ledger != null) {
				ledgers.put(key, ledger);
			}
		}
		this.entryCalls++;
		this.keys += keys.size();
		return new LedgerEntries(found, (this.entriesLedger > 0) ? this.entriesLedger : this.latest.get().sequence(),
				ledgers, this.liveUntil);
	}

	@Override
	public long inclusionFee() {
		return this.inclusionFee.get();
	}

	@Override
	public EventPage events(String contract, List<List<String>> topics, long startLedger, String cursor) {
		this.eventCalls++;
		if (this.forgets.test(startLedger)) {
			throw RpcException.ofTheCall("startLedger must be within the ledger range");
		}
		this.topics.addAll(topics);
		return new EventPage(this.events, null, this.latest.get().sequence());
	}

}
