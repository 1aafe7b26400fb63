package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.github.x402sessions.facilitator.chain.SignedTransaction;
import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.session.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The books: every settlement with what became of it, and with each change what its
 * session has spent and reserved, in one database transaction. A settlement moves
 * {@code RESERVED → SUBMITTED → CONFIRMED | FAILED | DEAD}, or from {@code RESERVED} to
 * {@code RELEASED}; each step is taken at most once, whoever tries. Thread-safe.
 */
public final class Books {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Clock clock;

	/**
	 * Create the books.
	 * @param jdbc the database
	 * @param transactions its transactions
	 * @param clock the time that is written to rows
	 */
	public Books(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
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
		Settlement settlement = new Settlement(UUID.randomUUID().toString(), session.key(), transfer);
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
			.param("amount", amount(settlement))
			.param("proven", proven)
			.param("now", this.clock.millis())
			.param("id", settlement.sessionKey())
			.update() == 1;
	}

	private boolean insert(Settlement settlement, @Nullable PaymentKey key) {
		Transfer transfer = settlement.transfer();
		return this.jdbc
			.sql("""
					insert into settlement (id, session_id, asset, payer, recipient, amount, status, payment_id, payment_terms,
					created_at, updated_at)
					values (:id, :session, :asset, :payer, :recipient, :amount, 'RESERVED', :paymentId, :paymentTerms, :now, :now)
					on conflict do nothing""")
			.param("id", settlement.id())
			.param("session", settlement.sessionKey())
			.param("asset", transfer.asset())
			.param("payer", transfer.from())
			.param("recipient", transfer.to())
			.param("amount", amount(settlement))
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

	/**
	 * Write a transaction down. Only after this may it be sent.
	 * @throws IllegalStateException if the settlement is no longer reserved
	 */
	Submitted submit(Settlement settlement, SignedTransaction transaction, long ledger) {
		int updated = this.jdbc.sql("""
				update settlement set status = 'SUBMITTED', tx_hash = :hash, envelope = :envelope, source = :source,
				sequence = :sequence, max_time = :maxTime, submitted_ledger = :ledger, updated_at = :now
				where id = :id and status = 'RESERVED'""")
			.param("hash", transaction.hash())
			.param("envelope", transaction.envelope())
			.param("source", transaction.source())
			.param("sequence", transaction.sequence())
			.param("maxTime", transaction.maxTime())
			.param("ledger", ledger)
			.param("now", this.clock.millis())
			.param("id", settlement.id())
			.update();
		if (updated != 1) {
			throw new IllegalStateException("settlement " + settlement.id() + " is no longer reserved");
		}
		return new Submitted(settlement, transaction, ledger);
	}

	/**
	 * Write an outcome down and free what was reserved.
	 * @return whether this was the first outcome
	 */
	boolean close(Settlement settlement, Outcome outcome) {
		return Boolean.TRUE
			.equals(this.transactions.execute((status) -> end(settlement, outcome) && free(settlement, outcome)));
	}

	private boolean end(Settlement settlement, Outcome outcome) {
		return this.jdbc.sql("""
				update settlement set status = :status, ledger = :ledger, note = :note, updated_at = :now
				where id = :id and status = :before""")
			.param("status", outcome.status().name())
			.param("ledger", outcome.ledger())
			.param("note", outcome.note())
			.param("now", this.clock.millis())
			.param("id", settlement.id())
			.param("before", outcome.status().before())
			.update() == 1;
	}

	private boolean free(Settlement settlement, Outcome outcome) {
		boolean paid = outcome.status() == Outcome.Status.CONFIRMED;
		return this.jdbc.sql("""
				update payment_session set reserved = reserved - :amount, spent = spent + :spent, updated_at = :now
				where id = :id""")
			.param("amount", amount(settlement))
			.param("spent", paid ? amount(settlement) : 0L)
			.param("now", this.clock.millis())
			.param("id", settlement.sessionKey())
			.update() == 1;
	}

	/** Return the settlements that were set aside and never written down as sent. */
	List<Settlement> reserved() {
		return this.jdbc.sql("select * from settlement where status = 'RESERVED' order by created_at")
			.query(Books::settlement)
			.list();
	}

	/** Return the settlements whose outcome is open, the oldest first. */
	List<Submitted> submitted() {
		return this.jdbc.sql("select * from settlement where status = 'SUBMITTED' order by created_at")
			.query(Books::openSettlement)
			.list();
	}

	private static Settlement settlement(ResultSet row, int number) throws SQLException {
		return new Settlement(row.getString("id"), row.getString("session_id"), new Transfer(row.getString("asset"),
				row.getString("payer"), row.getString("recipient"), BigInteger.valueOf(row.getLong("amount"))));
	}

	private static Submitted openSettlement(ResultSet row, int number) throws SQLException {
		SignedTransaction transaction = new SignedTransaction(row.getString("tx_hash"), row.getString("envelope"),
				row.getString("source"), row.getLong("sequence"), row.getLong("max_time"));
		return new Submitted(settlement(row, number), transaction, row.getLong("submitted_ledger"));
	}

	private static long amount(Settlement settlement) {
		return settlement.transfer().amount().longValueExact();
	}

}
