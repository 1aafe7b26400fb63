package io.github.x402sessions.facilitator.store.jdbc.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.limit.LimitUse;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.PeriodUse;
import io.github.x402sessions.facilitator.store.Turns;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Uses of limits in a table of the database, a row for each limit and user. Its time is
 * the database's, read by the statement that counts: no node's clock is asked.
 * Thread-safe.
 */
final class JdbcLimitUses implements LimitUses {

	private final JdbcClient jdbc;

	private final Turns turns = new Turns();

	private final String add;

	private final String addToWhole;

	private final String read;

	private final String forget;

	/**
	 * Create them.
	 * @param jdbc the database
	 * @param dialect its dialect
	 */
	JdbcLimitUses(JdbcClient jdbc, Dialect dialect) {
		this.jdbc = jdbc;
		String over = "limit_use.ends_at <= " + dialect.now();
		this.add = add(dialect.now() + " + :period", over);
		this.addToWhole = add("(" + dialect.now() + " / :period + 1) * :period", over);
		this.read = """
				select used, ends_at - %1$s as remaining from limit_use
				where limit_name = :limit and who = :who and ends_at > %1$s""".formatted(dialect.now());
		this.forget = """
				delete from limit_use where (limit_name, who) in (
				select u.limit_name, u.who from limit_use u where u.ends_at < %s limit :count%s)"""
			.formatted(dialect.now(), dialect.taken("u"));
	}

	private static String add(String end, String over) {
		return """
				insert into limit_use (limit_name, who, used, ends_at) values (:limit, :who, :amount, %1$s)
				on conflict (limit_name, who) do update set
				used = excluded.used + case when %2$s then 0 else limit_use.used end,
				ends_at = case when %2$s then excluded.ends_at else limit_use.ends_at end
				where %2$s or limit_use.used <= :room returning ends_at""".formatted(end, over);
	}

	@Override
	public Optional<LimitUse> add(PeriodLimit limit, String who, long amount) {
		return inTurn(limit, who,
				() -> this.jdbc.sql(limit.whole() ? this.addToWhole : this.add)
					.param("limit", limit.name())
					.param("who", who)
					.param("amount", amount)
					.param("period", limit.period().toMillis())
					.param("room", limit.most() - amount)
					.query((row, number) -> new LimitUse(amount, row.getLong("ends_at")))
					.optional());
	}

	/** Whoever is in a unit of work has a connection, and waits with it for the row. */
	private <T> T inTurn(PeriodLimit limit, String who, Supplier<T> change) {
		return TransactionSynchronizationManager.isActualTransactionActive() ? change.get()
				: this.turns.take(limit.name() + ' ' + who, change);
	}

	@Override
	public void takeBack(PeriodLimit limit, String who, LimitUse use) {
		this.jdbc.sql("""
				update limit_use set used = used - :amount
				where limit_name = :limit and who = :who and ends_at = :endsAt and used >= :amount""")
			.param("amount", use.amount())
			.param("limit", limit.name())
			.param("who", who)
			.param("endsAt", use.endsAt())
			.update();
	}

	@Override
	public Optional<PeriodUse> read(PeriodLimit limit, String who) {
		return this.jdbc.sql(this.read)
			.param("limit", limit.name())
			.param("who", who)
			.query((row, number) -> new PeriodUse(row.getLong("used"), Duration.ofMillis(row.getLong("remaining"))))
			.optional();
	}

	@Override
	public boolean forget() {
		return this.jdbc.sql(this.forget).param("count", FORGOTTEN_AT_ONCE).update() == FORGOTTEN_AT_ONCE;
	}

}
