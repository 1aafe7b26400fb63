package io.github.x402sessions.facilitator.store.jdbc;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.deferred.Commitment;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.deferred.CommitmentState;
import io.github.x402sessions.facilitator.deferred.OpenCommitments;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The commitments among the settlements in the database. Thread-safe.
 *
 * @param jdbc the database
 * @param clock the time that is written to rows
 */
record JdbcCommitmentRepository(JdbcClient jdbc, Clock clock) implements CommitmentRepository {

	@Override
	public Optional<CommitmentState> find(String id) {
		return this.jdbc.sql("select status, tx_hash, ledger, amount from settlement where id = :id and deferred")
			.param("id", id)
			.query(JdbcCommitmentRepository::state)
			.optional();
	}

	private static CommitmentState state(ResultSet row, int number) throws SQLException {
		return new CommitmentState(CommitmentState.Status.valueOf(row.getString("status")), row.getString("tx_hash"),
				(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
				BigInteger.valueOf(row.getLong("amount")));
	}

	@Override
	public List<OpenCommitments> open(int count) {
		return this.jdbc.sql("""
				select payer, asset, recipient, count(*) as commitments, sum(amount) as amount,
				min(created_at) as oldest, min(settle_before) as settle_before from settlement
				where status = 'COMMITTED' group by payer, asset, recipient order by oldest limit :count""")
			.param("count", count)
			.query((row, number) -> new OpenCommitments(
					new Parties(row.getString("asset"), row.getString("payer"), row.getString("recipient")),
					row.getInt("commitments"), row.getBigDecimal("amount").toBigInteger(),
					Instant.ofEpochMilli(row.getLong("oldest")), row.getLong("settle_before")))
			.list();
	}

	@Override
	public List<Commitment> open(Parties parties, int count) {
		return this.jdbc.sql("""
				select id, session_id, asset, payer, recipient, amount, settle_before from settlement
				where status = 'COMMITTED' and payer = :payer and asset = :asset and recipient = :recipient
				order by created_at limit :count""")
			.param("payer", parties.from())
			.param("asset", parties.asset())
			.param("recipient", parties.to())
			.param("count", count)
			.query((row, number) -> new Commitment(row.getString("id"), row.getString("session_id"),
					new Transfer(row.getString("asset"), row.getString("payer"), row.getString("recipient"),
							BigInteger.valueOf(row.getLong("amount"))),
					row.getLong("settle_before")))
			.list();
	}

	@Override
	public boolean claim(Parties parties, String node, Duration term) {
		return this.jdbc.sql("""
				update deferred_exposure set lease = :node, leased_until = :until
				where asset = :asset and payer = :payer and recipient = :recipient
				and (leased_until < :now or lease = :node)""")
			.param("node", node)
			.param("until", this.clock.millis() + term.toMillis())
			.param("now", this.clock.millis())
			.param("asset", parties.asset())
			.param("payer", parties.from())
			.param("recipient", parties.to())
			.update() == 1;
	}

	@Override
	public void unclaim(Parties parties, String node) {
		this.jdbc.sql("""
				update deferred_exposure set lease = null, leased_until = 0
				where asset = :asset and payer = :payer and recipient = :recipient and lease = :node""")
			.param("node", node)
			.param("asset", parties.asset())
			.param("payer", parties.from())
			.param("recipient", parties.to())
			.update();
	}

	@Override
	public boolean carry(List<String> ids, String hash) {
		return this.jdbc.sql("""
				update settlement set status = 'SUBMITTED', tx_hash = :hash, updated_at = :now
				where id in (:ids) and deferred and status in %s""".formatted(Statuses.COMMITTED))
			.param("hash", hash)
			.param("now", this.clock.millis())
			.param("ids", ids)
			.update() == ids.size();
	}

}
