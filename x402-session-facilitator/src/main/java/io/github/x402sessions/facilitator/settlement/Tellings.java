package io.github.x402sessions.facilitator.settlement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who has been told of payments, in the books. That a payment has settled is written down
 * as told before it is: what a crash leaves in doubt is not told again, and what nobody
 * was told for certain waits for the one who asks again. Thread-safe.
 */
public final class Tellings {

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

	private static final String ALIVE = "status in ('RESERVED', 'SUBMITTED', 'CONFIRMED')";

	private final JdbcClient jdbc;

	private final Clock clock;

	/** Payments that nobody waits for any more, where that could not be written down. */
	private final Cache<String, Boolean> left = Caffeine.newBuilder().expireAfterWrite(REPEATED).build();

	/**
	 * Create the tellings.
	 * @param jdbc the database
	 * @param clock the time that is written to rows
	 */
	public Tellings(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Find the payment that a request repeats: of those under its identifier the one that
	 * moved money or still may, of those without one what its own caller no longer waits
	 * for.
	 * @param sessionKey the session's name in the store
	 * @param key what makes the request the same payment
	 * @return the payment, or empty if the request is the first
	 */
	Optional<KnownPayment> find(String sessionKey, PaymentKey key) {
		return (key.id() != null) ? named(sessionKey, key.id()) : unnamed(sessionKey, key.terms());
	}

	private Optional<KnownPayment> named(String sessionKey, String paymentId) {
		return this.jdbc
			.sql("select * from settlement where session_id = :session and payment_id = :paymentId and " + ALIVE)
			.param("session", sessionKey)
			.param("paymentId", paymentId)
			.query(Tellings::read)
			.optional();
	}

	private Optional<KnownPayment> unnamed(String sessionKey, String terms) {
		long now = this.clock.millis();
		return this.jdbc.sql("""
				select * from settlement where session_id = :session and payment_id is null and payment_terms = :terms
				and %s and ((not told and waited_until > :repeated) or (told and waited_until > :echoed))
				and (waited_until <= :now or id in (:left) or not exists
				(select 1 from facilitator_node n where n.id = node and n.alive_until >= :now))
				order by told, created_at limit 1""".formatted(ALIVE))
			.param("session", sessionKey)
			.param("terms", terms)
			.param("repeated", now - REPEATED.toMillis())
			.param("echoed", now - ECHOED.toMillis())
			.param("now", now)
			.param("left", left())
			.query(Tellings::read)
			.optional();
	}

	private static KnownPayment read(ResultSet row, int number) throws SQLException {
		return new KnownPayment(row.getString("id"), row.getString("payment_terms"),
				"CONFIRMED".equals(row.getString("status")), row.getBoolean("told"), row.getString("tx_hash"));
	}

	/**
	 * Write down that the caller who made a payment is told of it. An equal one without
	 * an identifier is another payment from then on.
	 * @return whether it may be told: nobody was before
	 */
	boolean tell(String settlement) {
		return this.jdbc.sql("""
				update settlement set told = true,
				payment_terms = case when payment_id is null then null else payment_terms end
				where id = :id and not told""").param("id", settlement).update() == 1;
	}

	/**
	 * Write down that a caller who repeats a payment is told of it.
	 * @return whether it may be told: nobody was before
	 */
	boolean tellRepeated(String settlement) {
		return this.jdbc.sql("update settlement set told = true, waited_until = :now where id = :id and not told")
			.param("now", this.clock.millis())
			.param("id", settlement)
			.update() == 1;
	}

	/** No statement takes an empty list. */
	private List<String> left() {
		List<String> ids = new ArrayList<>(this.left.asMap().keySet());
		ids.add("");
		return ids;
	}

	/**
	 * Write down that nobody waits for a payment any more, and nobody was told. Where the
	 * database does not take it, this process remembers it: an equal payment that comes
	 * now must not be taken for another one.
	 */
	void leave(String settlement) {
		try {
			this.jdbc.sql("update settlement set waited_until = :now where id = :id and not told")
				.param("now", this.clock.millis())
				.param("id", settlement)
				.update();
		}
		catch (DataAccessException ex) {
			this.left.put(settlement, true);
		}
	}

	/**
	 * Take back that somebody was told of a payment: it is not known whether that was
	 * written down, and nobody will be.
	 */
	void takeBack(String settlement, PaymentKey key) {
		this.jdbc.sql("update settlement set told = false, payment_terms = :terms, waited_until = :now where id = :id")
			.param("terms", key.terms())
			.param("now", this.clock.millis())
			.param("id", settlement)
			.update();
	}

	/**
	 * Take back that somebody was told of a payment: the answer did not leave.
	 * @param sessionKey the session's name in the store
	 * @param key what makes the request the same payment
	 * @param transaction the hash of its transaction, which may have carried others
	 */
	void takeBack(String sessionKey, PaymentKey key, String transaction) {
		String same = (key.id() != null) ? "payment_id = :paymentId" : "payment_id is null";
		this.jdbc
			.sql("""
					update settlement set told = false, payment_terms = :terms, waited_until = :now where id in (select s.id
					from settlement s where s.tx_hash = :hash and s.session_id = :session and s.told and s.%s limit 1)"""
				.formatted(same))
			.param("terms", key.terms())
			.param("now", this.clock.millis())
			.param("hash", transaction)
			.param("session", sessionKey)
			.param("paymentId", key.id())
			.update();
	}

}
