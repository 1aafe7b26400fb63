package io.github.x402sessions.facilitator.settlement.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries of outcomes to callers, in the books. That a payment has settled is
 * written down as told before it is, and that the answer has left once it has: what a
 * crash leaves in doubt is neither told again nor charged again, and what nobody was told
 * for certain waits for the one who asks again. A delivery can be taken back as long as
 * it is certain that its answer did not leave. Thread-safe.
 */
public final class OutcomeDeliveries {

	private static final Logger logger = LoggerFactory.getLogger(OutcomeDeliveries.class);

	/**
	 * How long an equal payment without an identifier is the repetition of one whose
	 * caller was left without an answer. As long as x402's own servers and facilitators
	 * remember a pending settlement.
	 */
	static final Duration REPEATED = Duration.ofMinutes(5);

	/**
	 * How long it still is after a repetition was told: those that are on their way, not
	 * the next call of the same session, which looks the same. About two ledgers.
	 */
	static final Duration ECHOED = Duration.ofSeconds(10);

	/**
	 * How far the clocks of two nodes are apart at most: what one says was left is that
	 * for the other.
	 */
	private static final Duration APART = Duration.ofSeconds(5);

	private static final Duration FOUND = REPEATED.plus(APART);

	/** How long an answer that is leaving is waited for. */
	private static final Duration LEAVING = Duration.ofSeconds(1);

	private static final String ALIVE = "status in ('RESERVED', 'SUBMITTED', 'CONFIRMED')";

	private final JdbcClient jdbc;

	private final Clock clock;

	/** The answers that this process is giving, by the names of their deliveries. */
	private final Cache<String, CompletableFuture<Void>> leaving = Caffeine.newBuilder()
		.expireAfterWrite(Duration.ofMinutes(1))
		.build();

	/**
	 * What became of answers, where the database did not take it: it is written as soon
	 * as it does, and before anything is read again of the session, or an equal payment
	 * that comes now would be taken for another one, or for one that was told.
	 */
	private final Queue<Unwritten> unwritten = new ConcurrentLinkedQueue<>();

	/**
	 * Create the deliveries.
	 * @param jdbc the database
	 * @param clock the time that is written to rows
	 */
	public OutcomeDeliveries(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Find the payment that a request repeats: of those under its identifier the one that
	 * moved money or still may, of those without one what its own caller no longer waits
	 * for, or is not certain to have heard of. While this process gives an answer, that
	 * is waited for.
	 * @param sessionKey the session's name in the store
	 * @param key what makes the request the same payment
	 * @return the payment, or empty if the request is the first
	 */
	public Optional<KnownPayment> find(String sessionKey, PaymentKey key) {
		catchUp((late) -> late.session().equals(sessionKey));
		Optional<KnownPayment> found = look(sessionKey, key);
		return found.filter(this::awaitLeaving).isPresent() ? look(sessionKey, key) : found;
	}

	private Optional<KnownPayment> look(String sessionKey, PaymentKey key) {
		return (key.id() != null) ? named(sessionKey, key.id()) : unnamed(sessionKey, key.terms());
	}

	/** Return whether there was anything to wait for. */
	private boolean awaitLeaving(KnownPayment known) {
		CompletableFuture<Void> left = (known.delivery() != null) ? this.leaving.getIfPresent(known.delivery()) : null;
		if (left == null) {
			return false;
		}
		try {
			left.get(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("An answer takes long to leave");
		}
		return true;
	}

	private Optional<KnownPayment> named(String sessionKey, String paymentId) {
		return this.jdbc
			.sql("select * from settlement where session_id = :session and payment_id = :paymentId and " + ALIVE)
			.param("session", sessionKey)
			.param("paymentId", paymentId)
			.query(OutcomeDeliveries::read)
			.optional();
	}

	private Optional<KnownPayment> unnamed(String sessionKey, String terms) {
		long now = this.clock.millis();
		return this.jdbc.sql("""
				select * from settlement where session_id = :session and payment_id is null and payment_terms = :terms
				and %s and waited_until > :oldest and (told or waited_until <= :now or not exists
				(select 1 from facilitator_node n where n.id = node and n.alive_until >= :now))
				order by told, created_at limit 1""".formatted(ALIVE))
			.param("session", sessionKey)
			.param("terms", terms)
			.param("oldest", now - FOUND.toMillis())
			.param("now", now)
			.query(OutcomeDeliveries::read)
			.optional();
	}

	private static KnownPayment read(ResultSet row, int number) throws SQLException {
		return new KnownPayment(row.getString("id"), row.getString("payment_terms"),
				"CONFIRMED".equals(row.getString("status")), row.getBoolean("told"), row.getString("telling"),
				row.getString("tx_hash"));
	}

	/**
	 * Write down that the caller who made a payment is told of it. An equal one without
	 * an identifier is another payment once the answer has arrived; a while later where
	 * the caller may not have waited so long.
	 * @param deadline how long the caller waits
	 * @return the delivery, or {@code null} if it may not be told: somebody was before
	 */
	public @Nullable OutcomeDelivery tell(Settlement settlement, PaymentKey key, SettleDeadline deadline) {
		return tell(settlement.sessionKey(), settlement.id(), key, deadline::isOver);
	}

	/**
	 * Write down that a caller who repeats a payment is told of it.
	 * @return the delivery, or {@code null} if it may not be told: somebody was before
	 */
	public @Nullable OutcomeDelivery tellRepeated(String sessionKey, KnownPayment known, PaymentKey key) {
		return tell(sessionKey, known.settlement(), key, () -> true);
	}

	/** Where the database fails, it may have written down what nobody is told. */
	private @Nullable OutcomeDelivery tell(String sessionKey, String settlement, PaymentKey key,
			BooleanSupplier echoed) {
		String id = UUID.randomUUID().toString();
		this.leaving.put(id, new CompletableFuture<>());
		try {
			boolean first = this.jdbc.sql(
					"update settlement set told = true, telling = :telling, waited_until = :now where id = :id and not told")
				.param("telling", id)
				.param("now", this.clock.millis())
				.param("id", settlement)
				.update() == 1;
			if (first) {
				return new OutcomeDelivery(id, sessionKey, settlement, key.id() != null, echoed.getAsBoolean());
			}
			end(id);
			return null;
		}
		catch (DataAccessException ex) {
			takeBack(new OutcomeDelivery(id, sessionKey, settlement, key.id() != null, true));
			throw ex;
		}
	}

	/**
	 * Write down that the answer has left: an equal payment without an identifier is
	 * another one from now on, or soon where others may be on their way that repeat it.
	 */
	public void arrived(OutcomeDelivery delivery) {
		if (!delivery.named()) {
			long forgotten = this.clock.millis() - FOUND.minus(ECHOED).toMillis();
			write(delivery.session(), () -> this.jdbc
				.sql("update settlement set waited_until = :forgotten, payment_terms = "
						+ (delivery.echoed() ? "payment_terms" : "null") + " where id = :id and telling = :telling")
				.param("forgotten", forgotten)
				.param("id", delivery.settlement())
				.param("telling", delivery.id())
				.update());
		}
		end(delivery.id());
	}

	/** Write down that nobody waits for a payment any more, and nobody was told. */
	public void leave(String sessionKey, String settlement) {
		long left = left();
		write(sessionKey,
				() -> this.jdbc.sql("update settlement set waited_until = :left where id = :id and not told")
					.param("left", left)
					.param("id", settlement)
					.update());
	}

	/**
	 * Take back that somebody was told of a payment, where that was written down: the
	 * answer did not leave. What another caller is told stays.
	 */
	public void takeBack(OutcomeDelivery delivery) {
		long left = left();
		write(delivery.session(),
				() -> this.jdbc.sql("""
						update settlement set told = false, telling = null, waited_until = :left
						where id = :id and telling = :telling""")
					.param("left", left)
					.param("id", delivery.settlement())
					.param("telling", delivery.id())
					.update());
		end(delivery.id());
	}

	private void end(String delivery) {
		CompletableFuture<Void> left = this.leaving.asMap().remove(delivery);
		if (left != null) {
			left.complete(null);
		}
	}

	private long left() {
		return this.clock.millis() - APART.toMillis();
	}

	private void write(String sessionKey, Runnable change) {
		try {
			change.run();
		}
		catch (DataAccessException ex) {
			logger.error("It cannot be written down now whether the outcome of a payment arrived: {}", ex.getMessage());
			this.unwritten.add(new Unwritten(sessionKey, change));
		}
	}

	/**
	 * Write down what the database did not take before.
	 * @throws DataAccessException if it still does not
	 */
	public void catchUp() {
		catchUp((late) -> true);
	}

	private void catchUp(Predicate<Unwritten> which) {
		for (Iterator<Unwritten> all = this.unwritten.iterator(); all.hasNext();) {
			Unwritten late = all.next();
			if (which.test(late)) {
				late.change().run();
				all.remove();
			}
		}
	}

	/**
	 * What the database did not take.
	 *
	 * @param session the store's name for the session that it is about
	 * @param change writes it
	 */
	private record Unwritten(String session, Runnable change) {
	}

}
