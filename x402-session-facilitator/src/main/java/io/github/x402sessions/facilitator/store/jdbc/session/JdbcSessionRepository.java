package io.github.x402sessions.facilitator.store.jdbc.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sessions in the database. Thread-safe.
 */
final class JdbcSessionRepository implements SessionRepository {

	/** No payer makes a session of theirs that has ended so. */
	private static final List<String> FINAL = List.of(SessionEnd.DEFAULTED.reason(), SessionEnd.REVOKED.reason());

	/** What may still take of an allowance. */
	private static final String ENTITLED = """
			(reserved > 0 or (not superseded and expiration_ledger >= :ledger
			and (last_ledger is null or last_ledger >= :ledger) and spent < cap))""";

	private final JdbcClient jdbc;

	private final UnitOfWork unitOfWork;

	private final Clock clock;

	private final AllowanceLock lock;

	/**
	 * Create a store.
	 * @param jdbc the database
	 * @param unitOfWork runs steps that belong together
	 * @param clock the time that is written to rows
	 */
	JdbcSessionRepository(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock) {
		this.jdbc = jdbc;
		this.unitOfWork = unitOfWork;
		this.clock = clock;
		this.lock = new AllowanceLock(jdbc);
	}

	@Override
	public Optional<Session> find(SessionId id) {
		return this.jdbc.sql("select * from payment_session where token_hash in (:hash, :keyedHash)")
			.param("hash", id.hash())
			.param("keyedHash", id.keyedHash())
			.query(SessionRow::read)
			.optional();
	}

	@Override
	public Session get(String key) {
		return this.jdbc.sql("select * from payment_session where id = :id")
			.param("id", key)
			.query(SessionRow::read)
			.single();
	}

	@Override
	public Session lock(String key) {
		return this.jdbc.sql("update payment_session set updated_at = updated_at where id = :id returning *")
			.param("id", key)
			.query(SessionRow::read)
			.single();
	}

	@Override
	public void end(String key, SessionEnd reason) {
		this.jdbc.sql("""
				update payment_session set superseded = true, end_reason = :reason, updated_at = :now
				where id = :id and (not superseded or (:lasting and coalesce(end_reason, '') not in (:final)))""")
			.param("reason", reason.reason())
			.param("lasting", FINAL.contains(reason.reason()))
			.param("final", FINAL)
			.param("now", this.clock.millis())
			.param("id", key)
			.update();
	}

	@Override
	public void freeze(String key, boolean frozen) {
		this.jdbc.sql("update payment_session set frozen = :frozen, updated_at = :now where id = :id")
			.param("frozen", frozen)
			.param("now", this.clock.millis())
			.param("id", key)
			.update();
	}

	@Override
	public Optional<Session> findByApproval(String network, String approval) {
		return this.jdbc.sql("select * from payment_session where network = :network and approval = :approval")
			.param("network", network)
			.param("approval", approval)
			.query(SessionRow::read)
			.optional();
	}

	@Override
	public List<String> spenders(String asset, String payer, String network, long latestLedger) {
		return this.jdbc.sql(
				"select distinct spender from payment_session where payer = :payer and asset = :asset and network = :network and "
						+ ENTITLED + " order by spender")
			.param("payer", payer)
			.param("asset", asset)
			.param("network", network)
			.param("ledger", latestLedger)
			.query((row, number) -> row.getString("spender"))
			.list();
	}

	@Override
	public List<Session> entitled(AllowanceKey allowance, String network, long latestLedger) {
		return this.jdbc.sql("""
				select * from payment_session
				where payer = :payer and spender = :spender and asset = :asset and network = :network
				and %s order by approval_ledger, created_at, id""".formatted(ENTITLED))
			.param("payer", allowance.from())
			.param("spender", allowance.spender())
			.param("asset", allowance.asset())
			.param("network", network)
			.param("ledger", latestLedger)
			.query(SessionRow::read)
			.list();
	}

	@Override
	public List<AllowanceKey> allowances(String spender, @Nullable AllowanceKey after, int count, long latestLedger) {
		return this.jdbc.sql("""
				select distinct payer, asset from payment_session
				where spender = :spender and (payer, asset) > (:payer, :asset) and expiration_ledger >= :ledger
				and not superseded and spent < cap order by payer, asset limit :count""")
			.param("spender", spender)
			.param("payer", (after != null) ? after.from() : "")
			.param("asset", (after != null) ? after.asset() : "")
			.param("ledger", latestLedger)
			.param("count", count)
			.query((row, number) -> new AllowanceKey(row.getString("asset"), row.getString("payer"), spender))
			.list();
	}

	@Override
	public boolean prove(Session session, SessionId id) {
		return this.jdbc.sql("""
				update payment_session set token_hash = :hash, proven = true, updated_at = :now
				where id = :id and not proven""")
			.param("hash", id.hash())
			.param("now", this.clock.millis())
			.param("id", session.key())
			.update() == 1;
	}

	@Override
	public boolean add(NewSession added, List<Session> seen, AllowanceReduction cuts, long latestLedger) {
		Session replaced = added.replaced();
		SessionTerms terms = added.terms();
		return unchanged(terms.allowance(), terms.network(), seen, latestLedger, (now) -> {
			if (!cuts.isEnough(now) || !((replaced != null) ? replace(added, replaced) : insert(added))) {
				return false;
			}
			apply(cuts);
			return true;
		});
	}

	@Override
	public boolean cut(AllowanceKey allowance, String network, List<Session> seen, AllowanceReduction cuts,
			long latestLedger) {
		return unchanged(allowance, network, seen, latestLedger, (now) -> {
			apply(cuts);
			return true;
		});
	}

	private boolean unchanged(AllowanceKey allowance, String network, List<Session> seen, long latestLedger,
			Predicate<List<Session>> change) {
		return this.unitOfWork.run(() -> {
			this.lock.take(allowance);
			List<Session> now = entitled(allowance, network, latestLedger);
			return uncommitted(now).equals(uncommitted(seen)) && change.test(now);
		});
	}

	private static List<Session> uncommitted(List<Session> sessions) {
		return sessions.stream().map(Session::uncommitted).toList();
	}

	private void apply(AllowanceReduction cuts) {
		cuts.ended().forEach((session) -> end(session.key(), cuts.reason()));
		cuts.shortened().forEach((session) -> shorten(session.key(), cuts.lastLedger()));
	}

	private void shorten(String key, long lastLedger) {
		this.jdbc.sql("update payment_session set last_ledger = :ledger, updated_at = :now where id = :id")
			.param("ledger", lastLedger)
			.param("now", this.clock.millis())
			.param("id", key)
			.update();
	}

	/**
	 * Write a session over the one of the same approve that nobody signed for. What that
	 * one has spent and reserved stays, now against the new cap, and its settlements end
	 * in this row. What is set aside is its recipient's, a default stays one, and what an
	 * operator has closed stays closed.
	 */
	private boolean replace(NewSession added, Session replaced) {
		return this.jdbc.sql("""
				update payment_session set token_hash = :hash, proven = true, recipient = :recipient, cap = :cap,
				session_key = :sessionKey, superseded = false, end_reason = null, updated_at = :now
				where id = :id and not proven and superseded = :ended and spent + reserved <= :cap
				and (reserved = 0 or recipient = :recipient) and coalesce(end_reason, '') not in (:final)""")
			.param("ended", replaced.hasEnded())
			.param("final", FINAL)
			.param("hash", hash(added))
			.param("recipient", added.terms().recipient())
			.param("cap", added.terms().cap().longValueExact())
			.param("sessionKey", added.terms().sessionKey())
			.param("now", this.clock.millis())
			.param("id", replaced.key())
			.update() == 1;
	}

	private boolean insert(NewSession added) {
		SessionTerms terms = added.terms();
		Approval approval = added.approval();
		return this.jdbc
			.sql("""
					insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender, asset, recipient, cap, expiration_ledger, session_key, created_at, updated_at)
					values (:id, :hash, :proven, :network, :approval, :approvalLedger, :payer, :spender,
					:asset, :recipient, :cap, :expirationLedger, :sessionKey, :now, :now)
					on conflict do nothing""")
			.param("id", UUID.randomUUID().toString())
			.param("hash", hash(added))
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
			.param("sessionKey", terms.sessionKey())
			.param("now", this.clock.millis())
			.update() == 1;
	}

	private static String hash(NewSession added) {
		return (added.terms().sessionKey() != null) ? added.id().keyedHash() : added.id().hash();
	}

}
