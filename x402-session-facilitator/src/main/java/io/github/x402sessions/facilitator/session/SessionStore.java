package io.github.x402sessions.facilitator.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.github.x402sessions.facilitator.chain.Approval;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps sessions in the database. Thread-safe.
 */
public final class SessionStore {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Clock clock;

	/**
	 * Create a store.
	 * @param jdbc the database
	 * @param transactions its transactions
	 * @param clock the time that is written to rows
	 */
	public SessionStore(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Find a session by its token.
	 * @param id the token
	 * @return the session
	 */
	public Optional<Session> find(SessionId id) {
		return this.jdbc.sql("select * from payment_session where token_hash = :hash")
			.param("hash", id.hash())
			.query(SessionRow::read)
			.optional();
	}

	/**
	 * Read a session.
	 * @param key the store's name for it
	 * @return the session
	 */
	public Session get(String key) {
		return this.jdbc.sql("select * from payment_session where id = :id")
			.param("id", key)
			.query(SessionRow::read)
			.single();
	}

	/**
	 * Let nothing more be paid with a session.
	 * @param key the store's name for it
	 */
	public void supersede(String key) {
		this.jdbc.sql("update payment_session set superseded = true, updated_at = :now where id = :id")
			.param("now", this.clock.millis())
			.param("id", key)
			.update();
	}

	Optional<Session> findByApproval(String network, String approval) {
		return this.jdbc.sql("select * from payment_session where network = :network and approval = :approval")
			.param("network", network)
			.param("approval", approval)
			.query(SessionRow::read)
			.optional();
	}

	/**
	 * Read the sessions that may still take of one allowance, those with the oldest
	 * approve first: the live ones, and superseded ones with a payment on its way.
	 */
	List<Session> entitled(String payer, String spender, String asset, String network, long latestLedger) {
		return this.jdbc.sql("""
				select * from payment_session
				where payer = :payer and spender = :spender and asset = :asset and network = :network
				and (reserved > 0 or (not superseded and expiration_ledger >= :ledger and spent < cap))
				order by approval_ledger, created_at, id""")
			.param("payer", payer)
			.param("spender", spender)
			.param("asset", asset)
			.param("network", network)
			.param("ledger", latestLedger)
			.query(SessionRow::read)
			.list();
	}

	/**
	 * Give a session another token, which its payer has signed for.
	 * @return whether that was done; if not, it has one already
	 */
	boolean prove(Session session, SessionId id) {
		return this.jdbc.sql("""
				update payment_session set token_hash = :hash, proven = true, updated_at = :now
				where id = :id and not proven""")
			.param("hash", id.hash())
			.param("now", this.clock.millis())
			.param("id", session.key())
			.update() == 1;
	}

	/**
	 * Add a session and supersede others, if nothing has changed since they were looked
	 * at.
	 * @return whether it was added; if not, look again
	 */
	boolean add(NewSession added, List<Session> seen, List<Session> superseded, long latestLedger) {
		Session replaced = added.replaced();
		SessionTerms terms = added.terms();
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			if (!entitled(terms.payer(), terms.spender(), terms.asset(), terms.network(), latestLedger).equals(seen)
					|| !((replaced != null) ? replace(added, replaced) : insert(added))) {
				return false;
			}
			superseded.forEach((session) -> supersede(session.key()));
			return true;
		}));
	}

	/**
	 * Write a session over the one of the same approve that nobody signed for. What that
	 * one has spent and reserved stays, now against the new cap, and its settlements end
	 * in this row.
	 */
	private boolean replace(NewSession added, Session replaced) {
		return this.jdbc.sql("""
				update payment_session set token_hash = :hash, proven = true, recipient = :recipient, cap = :cap,
				superseded = false, updated_at = :now
				where id = :id and not proven and spent + reserved <= :cap""")
			.param("hash", added.id().hash())
			.param("recipient", added.terms().recipient())
			.param("cap", added.terms().cap().longValueExact())
			.param("now", this.clock.millis())
			.param("id", replaced.key())
			.update() == 1;
	}

	private boolean insert(NewSession added) {
		SessionTerms terms = added.terms();
		Approval approval = added.approval();
		return this.jdbc
			.sql("""
					insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender, asset, recipient, cap, expiration_ledger, created_at, updated_at)
					values (:id, :hash, :proven, :network, :approval, :approvalLedger, :payer, :spender,
					:asset, :recipient, :cap, :expirationLedger, :now, :now)
					on conflict do nothing""")
			.param("id", UUID.randomUUID().toString())
			.param("hash", added.id().hash())
			.param("proven", added.proven())
			.param("network", terms.network())
			.param("approval", terms.approval())
			.param("approvalLedger", approval.ledger())
			.param("payer", terms.payer())
			.param("spender", terms.spender())
			.param("asset", terms.asset())
			.param("recipient", terms.recipient())
			.param("cap", terms.cap().longValueExact())
			.param("expirationLedger", terms.expirationLedger())
			.param("now", this.clock.millis())
			.update() == 1;
	}

}
