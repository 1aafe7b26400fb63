package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sums of what a session has spent and reserved, made again from its settlements where
 * the two disagree: the settlements are right, they say what happened. A session whose
 * settlements come to more than its cap pays nothing more. Thread-safe.
 */
final class SessionSums {

	private static final Logger logger = LoggerFactory.getLogger(SessionSums.class);

	private final JdbcClient jdbc;

	private final Clock clock;

	SessionSums(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Make the sums of a session again. Has to be called in a unit of work.
	 * @param id the store's name for the session
	 * @return whether they were wrong
	 */
	boolean mend(String id) {
		this.jdbc.sql("update payment_session set updated_at = :now where id = :id")
			.param("now", this.clock.millis())
			.param("id", id)
			.update();
		Sums sums = this.jdbc
			.sql("""
					select p.cap, p.spent, p.reserved, coalesce(sum(case when s.status = 'CONFIRMED' then s.amount end), 0) as paid,
					coalesce(sum(case when s.status in ('RESERVED', 'SUBMITTED') then s.amount end), 0) as open
					from payment_session p left join settlement s on s.session_id = p.id where p.id = :id
					group by p.cap, p.spent, p.reserved""")
			.param("id", id)
			.query((row, number) -> new Sums(row.getLong("cap"), row.getLong("spent"), row.getLong("reserved"),
					row.getLong("paid"), row.getLong("open")))
			.single();
		if (sums.areRight()) {
			return false;
		}
		logger.error(
				"The books of session {} were wrong: it had spent {} and reserved {}, its settlements come to {} and "
						+ "{} of a cap of {}{}",
				id, sums.spent, sums.reserved, sums.paid, sums.open, sums.cap,
				sums.exceedCap() ? "; it is closed" : "");
		this.jdbc.sql("""
				update payment_session set spent = :spent, reserved = :reserved, superseded = (superseded or :exceeded)
				where id = :id""")
			.param("spent", sums.spendable())
			.param("reserved", sums.reservable())
			.param("exceeded", sums.exceedCap())
			.param("id", id)
			.update();
		return true;
	}

	/**
	 * A session's sums and those of its settlements, base units.
	 *
	 * @param cap the most that may be paid
	 * @param spent what the session says was paid
	 * @param reserved what the session says is set aside
	 * @param paid what its settlements paid
	 * @param open what its settlements set aside
	 */
	private record Sums(long cap, long spent, long reserved, long paid, long open) {

		boolean areRight() {
			return this.spent == spendable() && this.reserved == reservable();
		}

		boolean exceedCap() {
			return this.open > this.cap - this.paid;
		}

		long spendable() {
			return Math.min(this.paid, this.cap);
		}

		long reservable() {
			return Math.min(this.open, this.cap - spendable());
		}

	}

}
