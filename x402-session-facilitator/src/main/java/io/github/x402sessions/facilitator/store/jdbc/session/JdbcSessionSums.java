package io.github.x402sessions.facilitator.store.jdbc.session;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sums in the rows of their sessions, each changed by one statement that says on what
 * condition. Thread-safe.
 */
final class JdbcSessionSums implements SessionSums {

	private static final Logger logger = LoggerFactory.getLogger(JdbcSessionSums.class);

	/** What a transaction carries of a session. */
	private static final String SUM = """
			select coalesce(sum(s.amount), 0) from settlement s
			where s.session_id = payment_session.id and s.tx_hash = :hash""";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final AllowanceLock lock;

	JdbcSessionSums(JdbcClient jdbc, Clock clock) {
		this.lock = new AllowanceLock(jdbc);
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public boolean reserve(Session session, BigInteger amount) {
		return this.jdbc.sql("""
				update payment_session set reserved = reserved + :amount, updated_at = :now
				where id = :id and not superseded and not frozen and proven = :proven
				and :amount <= cap - spent - reserved""")
			.param("amount", amount.longValueExact())
			.param("proven", session.proven())
			.param("now", this.clock.millis())
			.param("id", session.key())
			.update() == 1;
	}

	@Override
	public void lock(Collection<AllowanceKey> allowances) {
		this.lock.hold(allowances);
	}

	@Override
	public Map<String, FundingBalance> commit(Map<FundingSource, BigInteger> amounts) {
		Map<String, FundingBalance> balances = new HashMap<>();
		if (amounts.isEmpty()) {
			return balances;
		}
		this.jdbc
			.sql("""
					update payment_session as p set reserved = p.reserved + v.amount, committed = p.committed + v.amount,
					updated_at = :now from (select column1 as session_id, cast(column2 as boolean) as proven,
					cast(column3 as bigint) as amount from (values :rows) as given) as v where p.id = v.session_id
					and not p.superseded and not p.frozen and p.proven = v.proven and v.amount <= p.cap - p.spent - p.reserved
					returning id, cap, spent, reserved""")
			.param("now", this.clock.millis())
			.param("rows",
					amounts.entrySet()
						.stream()
						.sorted(Comparator.comparing((entry) -> entry.getKey().key()))
						.map((entry) -> new Object[] { entry.getKey().key(), entry.getKey().proven(),
								entry.getValue().longValueExact() })
						.toList())
			.query((row, number) -> balances.put(row.getString("id"), balance(row)))
			.list();
		return balances;
	}

	private static FundingBalance balance(ResultSet row) throws SQLException {
		return new FundingBalance(BigInteger.valueOf(row.getLong("cap")), BigInteger.valueOf(row.getLong("spent")),
				BigInteger.valueOf(row.getLong("reserved")));
	}

	@Override
	public void free(String session, BigInteger amount) {
		this.jdbc.sql("""
				update payment_session set reserved = reserved - :amount, committed = committed - :amount,
				updated_at = :now where id = :id""")
			.param("amount", amount.longValueExact())
			.param("now", this.clock.millis())
			.param("id", session)
			.update();
	}

	@Override
	public void release(String settlement) {
		this.jdbc.sql("""
				update payment_session set reserved = reserved - (select amount from settlement where id = :id),
				updated_at = :now where id = (select session_id from settlement where id = :id)""")
			.param("now", this.clock.millis())
			.param("id", settlement)
			.update();
	}

	@Override
	public void releaseAll(String transaction, boolean paid) {
		update(transaction,
				paid ? "reserved = reserved - (%1$s), spent = spent + (%1$s)".formatted(SUM)
						: "reserved = reserved - (%s and not s.deferred), committed = committed + (%s and s.deferred)"
							.formatted(SUM, SUM));
	}

	@Override
	public void carry(String transaction) {
		update(transaction, "committed = committed - (" + SUM + " and s.deferred)");
	}

	private void update(String transaction, String change) {
		this.jdbc.sql("""
				update payment_session set %s, updated_at = :now
				where id in (select s.session_id from settlement s where s.tx_hash = :hash)""".formatted(change))
			.param("hash", transaction)
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public boolean mend(String key) {
		this.jdbc.sql("update payment_session set updated_at = :now where id = :id")
			.param("now", this.clock.millis())
			.param("id", key)
			.update();
		@Nullable Sums sums = this.jdbc
			.sql("""
					select p.cap, p.spent, p.reserved, p.committed,
					coalesce(sum(case when s.status = 'CONFIRMED' then s.amount end), 0) as paid,
					coalesce(sum(case when s.status in %s then s.amount end), 0) as open,
					coalesce(sum(case when s.status in %s and s.deferred then s.amount end), 0) as promised,
					coalesce(sum(case when s.status in %s then s.amount end), 0) as uncarried
					from payment_session p left join settlement s on s.session_id = p.id where p.id = :id
					group by p.cap, p.spent, p.reserved, p.committed""".formatted(Statuses.OPEN, Statuses.OPEN,
					Statuses.UNCARRIED))
			.param("id", key)
			.query((row, number) -> new Sums(row.getLong("cap"), row.getLong("spent"), row.getLong("reserved"),
					row.getLong("committed"), row.getLong("paid"), row.getLong("open"), row.getLong("promised"),
					row.getLong("uncarried")))
			.optional()
			.orElse(null);
		if (sums == null || sums.areRight()) {
			return false;
		}
		logger.error(
				"The books of session {} were wrong: it had spent {}, reserved {} and committed {} of that, its settlements "
						+ "come to {}, {} and {} of a cap of {}{}",
				key, sums.spent, sums.reserved, sums.committed, sums.paid, sums.open, sums.uncarried, sums.cap,
				sums.exceedCap() ? "; it is closed" : "");
		this.jdbc.sql("""
				update payment_session set spent = :spent, reserved = :reserved, committed = :committed,
				superseded = (superseded or :exceeded) where id = :id""")
			.param("spent", sums.spendable())
			.param("reserved", sums.reservable())
			.param("committed", sums.committable())
			.param("exceeded", sums.exceedCap())
			.param("id", key)
			.update();
		return true;
	}

	/**
	 * A session's sums and those of its settlements, base units. Where they exceed the
	 * cap, what is promised comes first, or it would not be found to be redeemed.
	 *
	 * @param cap the most that may be paid
	 * @param spent what the session says was paid
	 * @param reserved what the session says is set aside
	 * @param committed what the session says of that is in no transaction
	 * @param paid what its settlements paid
	 * @param open what its settlements set aside
	 * @param promised what of that was committed, in a transaction or in none
	 * @param uncarried what of that is in no transaction
	 */
	private record Sums(long cap, long spent, long reserved, long committed, long paid, long open, long promised,
			long uncarried) {

		boolean areRight() {
			return this.spent == spendable() && this.reserved == reservable() && this.committed == committable();
		}

		boolean exceedCap() {
			return this.open > this.cap - this.paid;
		}

		long spendable() {
			return Math.min(this.paid, this.cap - reservable());
		}

		long reservable() {
			long left = Math.min(this.open, Math.max(this.cap - this.paid, 0));
			return Math.min(this.cap, Math.max(left, this.promised));
		}

		long committable() {
			return Math.min(this.uncarried, reservable());
		}

	}

}
