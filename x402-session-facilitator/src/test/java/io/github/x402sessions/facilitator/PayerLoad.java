package io.github.x402sessions.facilitator;

import java.io.UncheckedIOException;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;

/**
 * Payers that pay one call after the other, each under an identifier of its own, at
 * servers that keep track of them, and ask again until they know what became of it,
 * whichever node dies meanwhile.
 */
final class PayerLoad {

	static final String PRICE = "1000";

	/** Payers and nodes that are killed share the machine with the tests of others. */
	static final Duration PATIENCE = Duration.ofMinutes(10);

	/** Whoever asks a node that has stopped asks again, perhaps another. */
	private static final Duration DEADLINE = Duration.ofSeconds(10);

	/** The hash or commitment that each payment was told to be settled by. */
	final Map<String, String> settled = new ConcurrentHashMap<>();

	/** The payments that were told to be refused for good. */
	final Map<String, String> refused = new ConcurrentHashMap<>();

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

	/**
	 * Begin to pay, a payer for each session.
	 * @param deferred how many of them pay what may be settled later
	 */
	void come(List<String> sessions, int deferred) {
		for (int i = 0; i < sessions.size(); i++) {
			String session = sessions.get(i);
			boolean later = i < deferred;
			Thread payer = new Thread(() -> {
				while (!this.leaving.get()) {
					pay(session, later);
				}
			});
			payer.setDaemon(true);
			payer.start();
			this.payers.add(payer);
		}
	}

	private Map<String, Object> payment(String session, String id, boolean later) {
		return later ? Commitments.of(this.environment, session, id, PRICE)
				: Payments.tracked(Payments.identified(this.environment, session, id, PRICE));
	}

	private void pay(String session, boolean later) {
		String id = "pay_" + UUID.randomUUID();
		while (true) {
			try {
				List<URI> known = this.nodes.get();
				URI node = known.get(ThreadLocalRandom.current().nextInt(known.size()));
				Reply reply = this.clients.computeIfAbsent(node, (url) -> new FacilitatorClient(url, DEADLINE))
					.settle(payment(session, id, later));
				if (reply.status() == 200) {
					this.settled.put(id, reply.text("transaction"));
					this.answered.incrementAndGet();
					return;
				}
				if (reply.status() == 400) {
					this.refused.put(id, String.valueOf(reply.body()));
					return;
				}
			}
			catch (UncheckedIOException ex) {
				// Nobody there: it was killed or stopped, and will be back.
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
