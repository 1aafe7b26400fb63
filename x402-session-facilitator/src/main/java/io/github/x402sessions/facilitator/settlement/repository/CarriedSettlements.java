package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Clock;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The settlements that a transaction carries, which end as it does. Everything has to be
 * called in a unit of work. Thread-safe.
 */
final class CarriedSettlements {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final SessionSums sums;

	CarriedSettlements(JdbcClient jdbc, Clock clock, SessionSums sums) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.sums = sums;
	}

	/** Give them their end. */
	void conclude(String hash, Outcome outcome) {
		this.jdbc.sql("""
				update settlement set status = :status, ledger = :ledger, note = :note, updated_at = :now
				where tx_hash = :hash""")
			.param("status", outcome.status().name())
			.param("ledger", outcome.ledger())
			.param("note", outcome.note())
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update();
	}

	/**
	 * Give them another end than they have, and their sessions the sums that come of it.
	 * @return how many of them were paid again since they counted as not paid
	 */
	int concludeAgain(String hash, Outcome outcome) {
		int again = (outcome.status() == Outcome.Status.CONFIRMED) ? leaveIdentifiers(hash) : 0;
		conclude(hash, outcome);
		mendSums(hash);
		return again;
	}

	/** An identifier stays with the payment that was made under it since. */
	private int leaveIdentifiers(String hash) {
		return this.jdbc.sql("""
				update settlement set payment_id = null, payment_terms = null, updated_at = :now
				where tx_hash = :hash and status in ('FAILED', 'DEAD') and payment_id is not null
				and exists (select 1 from settlement other where other.session_id = settlement.session_id
				and other.payment_id = settlement.payment_id and other.id <> settlement.id
				and other.status in ('RESERVED', 'SUBMITTED', 'CONFIRMED'))""")
			.param("hash", hash)
			.param("now", this.clock.millis())
			.update();
	}

	/** Make the sums of their sessions again. */
	void mendSums(String hash) {
		this.jdbc.sql("select distinct session_id from settlement where tx_hash = :hash order by session_id")
			.param("hash", hash)
			.query((row, number) -> row.getString("session_id"))
			.list()
			.forEach(this.sums::mend);
	}

}
