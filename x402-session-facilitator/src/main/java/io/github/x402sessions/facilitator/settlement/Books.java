package io.github.x402sessions.facilitator.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.store.Nodes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The settlements in the books, and with each change what their sessions have reserved,
 * in one database transaction. A settlement is {@code RESERVED}, then {@code RELEASED} or
 * carried by a transaction of the {@link TransactionBook}; each step is taken at most
 * once, whichever node tries. Thread-safe.
 */
public final class Books {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Nodes nodes;

	private final Clock clock;

	/**
	 * Create the books.
	 * @param jdbc the database
	 * @param transactions its transactions
	 * @param nodes who shares it
	 * @param clock the time that is written to rows
	 */
	public Books(JdbcClient jdbc, TransactionOperations transactions, Nodes nodes, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.nodes = nodes;
		this.clock = clock;
	}

	/**
	 * Set an amount aside.
	 * @param session the session, which must not have changed hands since it was read
	 * @param transfer what is to be paid
	 * @param key the payment's identifier, or {@code null} if the client gave none
	 * @return the settlement, or why there is none
	 */
	Reservation reserve(Session session, Transfer transfer, @Nullable PaymentKey key) {
		Settlement settlement = new Settlement(UUID.randomUUID().toString(), session.key(), transfer,
				session.lastLedger());
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			if (!insert(settlement, key)) {
				return new Reservation.Repeated();
			}
			if (!take(settlement, session.proven())) {
				status.setRollbackOnly();
				return new Reservation.Refused();
			}
			return new Reservation.Made(settlement);
		}));
	}

	private boolean take(Settlement settlement, boolean proven) {
		return this.jdbc.sql("""
				update payment_session set reserved = reserved + :amount, updated_at = :now
				where id = :id and not superseded and proven = :proven and :amount <= cap - spent - reserved""")
			.param("amount", settlement.transfer().amount().longValueExact())
			.param("proven", proven)
			.param("now", this.clock.millis())
			.param("id", settlement.sessionKey())
			.update() == 1;
	}

	private boolean insert(Settlement settlement, @Nullable PaymentKey key) {
		Transfer transfer = settlement.transfer();
		return this.jdbc
			.sql("""
					insert into settlement (id, session_id, asset, payer, recipient, amount, status, node, payment_id,
					payment_terms, created_at, updated_at)
					values (:id, :session, :asset, :payer, :recipient, :amount, 'RESERVED', :node, :paymentId, :paymentTerms,
					:now, :now)
					on conflict do nothing""")
			.param("id", settlement.id())
			.param("session", settlement.sessionKey())
			.param("asset", transfer.asset())
			.param("payer", transfer.from())
			.param("recipient", transfer.to())
			.param("amount", transfer.amount().longValueExact())
			.param("node", this.nodes.self())
			.param("paymentId", (key != null) ? key.id() : null)
			.param("paymentTerms", (key != null) ? key.terms() : null)
			.param("now", this.clock.millis())
			.update() == 1;
	}

	/**
	 * Find what was paid or is being paid under an identifier.
	 * @param sessionKey the session's name in the store
	 * @param paymentId the identifier
	 * @return the payment, or empty if there is none that moved money or still may
	 */
	Optional<KnownPayment> find(String sessionKey, String paymentId) {
		return this.jdbc.sql("""
				select * from settlement where session_id = :session and payment_id = :paymentId
				and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED')""")
			.param("session", sessionKey)
			.param("paymentId", paymentId)
			.query((row, number) -> new KnownPayment(row.getString("payment_terms"),
					"CONFIRMED".equals(row.getString("status")), row.getString("tx_hash")))
			.optional();
	}

	/** Count the settlements that a transaction carries. */
	int carriedBy(String hash) {
		return this.jdbc.sql("select count(*) from settlement where tx_hash = :hash")
			.param("hash", hash)
			.query(Integer.class)
			.single();
	}

	/**
	 * Free what was set aside and never written down as sent.
	 * @return whether that was still to be done
	 */
	boolean release(String id, String note) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean first = this.jdbc.sql("""
					update settlement set status = 'RELEASED', note = :note, updated_at = :now
					where id = :id and status = 'RESERVED'""")
				.param("note", Outcome.note(note))
				.param("now", this.clock.millis())
				.param("id", id)
				.update() == 1;
			return first && this.jdbc.sql("""
					update payment_session set reserved = reserved - (select amount from settlement where id = :id),
					updated_at = :now where id = (select session_id from settlement where id = :id)""")
				.param("now", this.clock.millis())
				.param("id", id)
				.update() == 1;
		}));
	}

	/**
	 * Release what nodes that are gone set aside and never wrote down as sent, and what
	 * anybody set aside longer ago than a call can last: its node has failed to release
	 * it. Whoever would still send it finds it released and must not.
	 * @param longest how long a call can last
	 * @return how many
	 */
	int releaseAbandoned(Duration longest) {
		return (int) this.jdbc.sql("""
				select id from settlement where status = 'RESERVED' and (created_at < :overdue
				or not exists (select 1 from facilitator_node n where n.id = node and n.alive_until >= :now))""")
			.param("overdue", this.clock.millis() - longest.toMillis())
			.param("now", this.clock.millis())
			.query(String.class)
			.list()
			.stream()
			.filter((id) -> release(id, "given up by its process"))
			.count();
	}

	/**
	 * Forget the identifiers of payments that ended long ago; the payments stay.
	 * @param retention how long an identifier is kept
	 * @return how many
	 */
	int forgetIdentifiers(Duration retention) {
		return this.jdbc.sql("""
				update settlement set payment_id = null, payment_terms = null
				where payment_id is not null and status not in ('RESERVED', 'SUBMITTED') and updated_at < :before""")
			.param("before", this.clock.millis() - retention.toMillis())
			.update();
	}

}
