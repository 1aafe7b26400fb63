package io.github.x402sessions.facilitator;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payers that pay one call after the other, each under an identifier of its own, at
 * servers that keep track of them, and ask again until they know what became of it,
 * whichever node dies meanwhile.
 */
final class PayerLoad {

	static final String PRICE = "1000";

	/** What a balancer does not let its callers see: it asks the next node. */
	static final String NOBODY_THERE = "nobody there";

	static final String CUT_OFF = "cut off";

	/** Payers and nodes that are killed share the machine with the tests of others. */
	static final Duration PATIENCE = Duration.ofMinutes(10);

	/** Whoever asks a node that has stopped asks again, perhaps another. */
	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final long CAP = 100_000_000;

	private static final long MANY_LEDGERS = 100_000;

	/** Longer than a run, whose ledgers are short. */
	private static final int MANY_SECONDS = 1_000_000;

	/** The hash or commitment that each payment was told to be settled by. */
	final Map<String, String> settled = new ConcurrentHashMap<>();

	/** The payments that were told to be refused for good. */
	final Map<String, String> refused = new ConcurrentHashMap<>();

	/** What all of them have paid as they were told, base units. */
	final AtomicLong amount = new AtomicLong();

	/** How many streams cost nothing in the end. */
	final AtomicInteger released = new AtomicInteger();

	/** How many transfers were signed one by one, and paid. */
	final AtomicInteger signed = new AtomicInteger();

	/** How often they heard neither yes nor no, by what they got instead. */
	final Map<String, Integer> unwelcome = new ConcurrentHashMap<>();

	/** How many payments each node has settled. */
	final Map<URI, Integer> settledBy = new ConcurrentHashMap<>();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicBoolean leaving = new AtomicBoolean();

	private final List<Thread> payers = new ArrayList<>();

	private final Map<URI, FacilitatorClient> clients = new ConcurrentHashMap<>();

	private final FacilitatorEnvironment environment;

	private final Supplier<List<URI>> nodes;

	PayerLoad(FacilitatorEnvironment environment, Supplier<List<URI>> nodes) {
		this.environment = environment;
		this.nodes = nodes;
	}

	/** Open sessions, each of another payer, all at once. */
	static List<String> sessions(FacilitatorEnvironment environment, int count) {
		List<Parallel<String>> payers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			payers.add(Parallel.start(1, () -> session(environment, environment.payer())));
		}
		return payers.stream().map((payer) -> {
			try {
				return payer.results().get(0);
			}
			catch (Exception ex) {
				throw new AssertionError(ex);
			}
		}).toList();
	}

	private static String session(FacilitatorEnvironment environment, Payer payer) {
		Map<String, Object> claims = payer.approved(CAP, environment.devnet.latestLedger() + MANY_LEDGERS);
		AtomicReference<FacilitatorClient.Reply> registered = new AtomicReference<>();
		Eventually.isTrue(() -> {
			registered.set(environment.client.post("/sessions", claims));
			return registered.get().status() != 503;
		});
		assertThat(registered.get().status()).as("%s", registered.get().body()).isEqualTo(201);
		return registered.get().text("sessionId");
	}

	/**
	 * Begin to pay, a payer for each session.
	 * @param deferred how many of them pay what may be settled later, every other one of
	 * them for streams of which nobody knows before how much they cost
	 */
	void come(List<String> sessions, int deferred) {
		for (int i = 0; i < sessions.size(); i++) {
			String session = sessions.get(i);
			begin(way(session, i < deferred, i % 2 == 0));
		}
	}

	/**
	 * Begin to pay by transfers that are signed one by one, and paid again with the same
	 * signature until they are made.
	 */
	void comeSigning(List<KeyPair> payers) {
		payers.forEach((payer) -> begin((id) -> {
			String transaction = ExactTransfers.signed(this.environment, payer,
					this.environment.merchant.getAccountId(), Long.parseLong(PRICE), id, MANY_SECONDS);
			Map<String, Object> payment = ExactTransfers.payment(this.environment, transaction,
					Map.of("amount", PRICE, "maxTimeoutSeconds", MANY_SECONDS));
			pay(id, Payments.tracked(Payments.identified(payment, id)));
			this.signed.incrementAndGet();
		}));
	}

	private void begin(Consumer<String> way) {
		Thread payer = new Thread(() -> {
			while (!this.leaving.get()) {
				way.accept("pay_" + UUID.randomUUID());
			}
		});
		payer.setDaemon(true);
		payer.start();
		this.payers.add(payer);
	}

	private Consumer<String> way(String session, boolean later, boolean stream) {
		if (!later) {
			return (id) -> pay(id, Payments.tracked(Payments.identified(this.environment, session, id, PRICE)));
		}
		return stream ? (id) -> payStream(session, id)
				: (id) -> pay(id, Commitments.of(this.environment, session, id, PRICE));
	}

	/** What a stream costs is held, and then paid in part, or not at all. */
	private void payStream(String session, String id) {
		Map<String, Object> most = Commitments.of(this.environment, session, id, PRICE);
		Reply held = ask("/hold", most);
		boolean isHeld = held.status() == 200;
		if (!isHeld && !"not_held".equals(held.text("errorReason"))) {
			this.refused.put(id, String.valueOf(held.body()));
		}
		else if (isHeld && ThreadLocalRandom.current().nextInt(4) == 0) {
			Reply released = ask("/release", most);
			if (released.status() != 200) {
				this.refused.put(id, String.valueOf(released.body()));
			}
			this.released.incrementAndGet();
		}
		else {
			long used = 1 + ThreadLocalRandom.current().nextLong(Long.parseLong(PRICE));
			pay(id, Commitments.of(this.environment, session, id, String.valueOf(used)));
		}
	}

	private void pay(String id, Map<String, Object> payment) {
		Reply reply = ask("/settle", payment);
		if (reply.status() == 200) {
			this.settled.put(id, reply.text("transaction"));
			this.amount.addAndGet(Long.parseLong(reply.text("amount")));
			this.answered.incrementAndGet();
		}
		else {
			this.refused.put(id, String.valueOf(reply.body()));
		}
	}

	/** Ask until a node says yes or no. */
	private Reply ask(String path, Map<String, Object> payment) {
		while (true) {
			List<URI> known = this.nodes.get();
			URI node = known.get(ThreadLocalRandom.current().nextInt(known.size()));
			try {
				Reply reply = this.clients.computeIfAbsent(node, (url) -> new FacilitatorClient(url, DEADLINE))
					.post(path, payment);
				if (reply.status() == 200 || reply.status() == 400) {
					if (reply.status() == 200 && path.equals("/settle")) {
						this.settledBy.merge(node, 1, Integer::sum);
					}
					return reply;
				}
				this.unwelcome.merge(
						reply.status() + ((reply.header("Retry-After") != null) ? " with Retry-After" : ""), 1,
						Integer::sum);
			}
			catch (UncheckedIOException ex) {
				// Nobody there: it was killed or stopped, and will be back.
				this.unwelcome.merge((ex.getCause() instanceof ConnectException) ? NOBODY_THERE : CUT_OFF, 1,
						Integer::sum);
			}
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}
	}

	/** Wait until so many more payments have been settled. */
	void awaitPayments(int more) {
		int wanted = this.answered.get() + more;
		Eventually.isTrue(PATIENCE, () -> this.answered.get() >= wanted);
	}

	/** Let everybody learn the outcome of the last payment and go. */
	void leave() {
		this.leaving.set(true);
		this.payers.forEach((payer) -> {
			try {
				payer.join(PATIENCE.toMillis());
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
			if (payer.isAlive()) {
				throw new AssertionError("a payer never learns what became of a payment");
			}
		});
	}

}
