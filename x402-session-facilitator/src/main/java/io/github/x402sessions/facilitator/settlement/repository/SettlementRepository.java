package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The settlements in the books, and with each change what their sessions have reserved,
 * in one database transaction. A settlement is {@code RESERVED}, then {@code RELEASED} or
 * carried by a transaction of the {@link TransactionRepository}; each step is taken at
 * most once, whichever node tries. Thread-safe.
 */
public final class SettlementRepository {

	/** A moment's work, however large the books are. */
	public static final int FORGOTTEN_AT_ONCE = 100;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Nodes nodes;

	private final Clock clock;

	private final SessionSums sums;

	private final SessionLocks turns = new SessionLocks();

	/**
	 * Create the books.
	 * @param jdbc the database
	 * @param transactions its transactions
	 * @param nodes who shares it
	 * @param clock the time that is written to rows
	 */
	public SettlementRepository(JdbcClient jdbc, TransactionOperations transactions, Nodes nodes, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.nodes = nodes;
		this.clock = clock;
		this.sums = new SessionSums(jdbc, clock);
	}

	/** Return what makes the sums of their sessions again. */
	SessionSums sums() {
		return this.sums;
	}

	/**
	 * Set an amount aside.
	 * @param session the session, which must not have changed hands since it was read
	 * @param transfer what is to be paid
	 * @param key what makes another request the same payment
	 * @param deadline how long its caller waits
	 * @return the settlement, or why there is none
	 */
	public Reservation reserve(Session session, Transfer transfer, PaymentKey key, SettleDeadline deadline) {
		Settlement settlement = new Settlement(UUID.randomUUID().toString(), session.key(), transfer,
				session.lastLedger());
		return this.turns.take(session.key(), () -> reserve(settlement, session.proven(), key, deadline));
	}

	private Reservation reserve(Settlement settlement, boolean proven, PaymentKey key, SettleDeadline deadline) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			if (!insert(settlement, key, deadline)) {
				return new Reservation.Repeated();
			}
			if (!take(settlement, proven)) {
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

	private boolean insert(Settlement settlement, PaymentKey key, SettleDeadline deadline) {
		Transfer transfer = settlement.transfer();
		return this.jdbc
			.sql("""
					insert into settlement (id, session_id, asset, payer, recipient, amount, status, node, payment_id,
					payment_terms, told, waited_until, created_at, updated_at)
					values (:id, :session, :asset, :payer, :recipient, :amount, 'RESERVED', :node, :paymentId, :paymentTerms,
					:told, :waitedUntil, :now, :now)
					on conflict do nothing""")
			.param("id", settlement.id())
			.param("session", settlement.sessionKey())
			.param("asset", transfer.asset())
			.param("payer", transfer.from())
			.param("recipient", transfer.to())
			.param("amount", transfer.amount().longValueExact())
			.param("node", this.nodes.self())
			.param("paymentId", key.id())
			.param("paymentTerms", key.terms())
			.param("told", key.tracked())
			.param("waitedUntil", this.clock.millis() + deadline.left().toMillis())
			.param("now", this.clock.millis())
			.update() == 1;
	}

	/** Count the settlements that a transaction carries. */
	public int carriedBy(String hash) {
		return this.jdbc.sql("select count(*) from settlement where tx_hash = :hash")
			.param("hash", hash)
			.query(Integer.class)
			.single();
	}

	/**
	 * Free what was set aside and never written down as sent.
	 * @return whether that was still to be done
	 */
	public boolean release(String id, String note) {
		try {
			return release(id, note, this::giveBack);
		}
		catch (DataIntegrityViolationException ex) {
			return release(id, note, (settlement) -> this.sums.mend(sessionOf(settlement)));
		}
	}

	private boolean release(String id, String note, Consumer<String> freeing) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean first = this.jdbc.sql("""
					update settlement set status = 'RELEASED', note = :note, updated_at = :now
					where id = :id and status = 'RESERVED'""")
				.param("note", Outcome.note(note))
				.param("now", this.clock.millis())
				.param("id", id)
				.update() == 1;
			if (first) {
				freeing.accept(id);
			}
			return first;
		}));
	}

	private void giveBack(String id) {
		this.jdbc.sql("""
				update payment_session set reserved = reserved - (select amount from settlement where id = :id),
				updated_at = :now where id = (select session_id from settlement where id = :id)""")
			.param("now", this.clock.millis())
			.param("id", id)
			.update();
	}

	private String sessionOf(String id) {
		return this.jdbc.sql("select session_id from settlement where id = :id")
			.param("id", id)
			.query(String.class)
			.single();
	}

	/**
	 * Tell whether a settlement was released: nothing was sent for it and nothing will
	 * be.
	 */
	public boolean isReleased(String id) {
		return this.jdbc.sql("select count(*) from settlement where id = :id and status = 'RELEASED'")
			.param("id", id)
			.query(Integer.class)
			.single() == 1;
	}

	/**
	 * Release what nodes that are gone set aside and never wrote down as sent, and what
	 * anybody set aside longer ago than a call can last: its node has failed to release
	 * it. Whoever would still send it finds it released and must not.
	 * @param longest how long a call can last
	 * @return how many
	 */
	public int releaseAbandoned(Duration longest) {
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
	 * Forget the identifiers of payments that ended long ago; the payments stay. Not all
	 * of them at once: whoever pays meanwhile does not wait for it.
	 * @param retention how long an identifier is kept
	 * @return how many, at most {@value #FORGOTTEN_AT_ONCE}; if so many, there may be
	 * more
	 */
	public int forgetIdentifiers(Duration retention) {
		return this.jdbc.sql("""
				update settlement set payment_id = null, payment_terms = null where id in (select s.id from settlement s
				where s.payment_id is not null and s.status not in ('RESERVED', 'SUBMITTED') and s.updated_at < :before
				order by s.updated_at limit :count)""")
			.param("before", this.clock.millis() - retention.toMillis())
			.param("count", FORGOTTEN_AT_ONCE)
			.update();
	}

}
