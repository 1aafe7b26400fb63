package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.time.Clock;
import java.time.Duration;

import io.github.x402sessions.facilitator.deferred.retention.LendingRetention;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes sums in the database, but for those that somebody has locked. Thread-safe.
 *
 * @param jdbc the database
 * @param dialect its dialect
 * @param clock the time that is written to rows
 */
record JdbcLendingRetention(JdbcClient jdbc, Dialect dialect, Clock clock) implements LendingRetention {

	@Override
	public boolean forget() {
		return Math.max(forgetDays(), forgetExposures()) == FORGOTTEN_AT_ONCE;
	}

	private int forgetDays() {
		return this.jdbc.sql("""
				delete from payment_day where (asset, payer, recipient, day) in (
				select d.asset, d.payer, d.recipient, d.day from payment_day d where d.day < :oldest
				limit :count%s)""".formatted(this.dialect.taken("d")))
			.param("oldest", Duration.ofMillis(this.clock.millis()).toDays() - LendingReader.DAYS_OF_CREDIT)
			.param("count", FORGOTTEN_AT_ONCE)
			.update();
	}

	/** Whoever redeems takes hold of the row, also where its sum is wrong. */
	private int forgetExposures() {
		return this.jdbc.sql("""
				delete from deferred_exposure where (asset, payer, recipient) in (
				select e.asset, e.payer, e.recipient from deferred_exposure e
				where e.amount = 0 and e.leased_until < :now and not exists (select 1 from payment_session p
				where p.payer = e.payer and p.asset = e.asset and p.recipient = e.recipient and p.reserved > 0)
				limit :count%s)""".formatted(this.dialect.taken("e")))
			.param("now", this.clock.millis())
			.param("count", FORGOTTEN_AT_ONCE)
			.update();
	}

}
