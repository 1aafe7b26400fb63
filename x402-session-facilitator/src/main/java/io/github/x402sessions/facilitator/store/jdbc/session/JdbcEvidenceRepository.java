package io.github.x402sessions.facilitator.store.jdbc.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.session.evidence.KeptEvidence;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The evidence in the database. Thread-safe.
 */
final class JdbcEvidenceRepository implements EvidenceRepository {

	private final JdbcClient jdbc;

	private final Clock clock;

	/**
	 * Create it.
	 * @param jdbc the database
	 * @param clock the time that is written to rows
	 */
	JdbcEvidenceRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void keep(String settlement, PaymentEvidence evidence) {
		this.jdbc.sql("""
				insert into payment_evidence (settlement_id, session_key, statement, signature, created_at)
				values (:settlement, :key, :statement, :signature, :now)""")
			.param("settlement", settlement)
			.param("key", evidence.sessionKey())
			.param("statement", evidence.statement())
			.param("signature", evidence.signature())
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public List<KeptEvidence> find(String of) {
		return this.jdbc.sql("""
				select e.*, settlement.status, settlement.tx_hash from settlement
				join payment_evidence e on e.settlement_id = settlement.id
				where settlement.id = :of or settlement.tx_hash = :of order by e.created_at, e.settlement_id""")
			.param("of", of)
			.query(JdbcEvidenceRepository::read)
			.list();
	}

	private static KeptEvidence read(ResultSet row, int number) throws SQLException {
		return new KeptEvidence(row.getString("settlement_id"), row.getString("status"), row.getString("tx_hash"),
				Instant.ofEpochMilli(row.getLong("created_at")), new PaymentEvidence(row.getString("session_key"),
						row.getString("statement"), row.getString("signature")));
	}

	@Override
	public int forget(Duration retention) {
		return this.jdbc.sql("""
				delete from payment_evidence where settlement_id in (select e.settlement_id from payment_evidence e
				where e.created_at < :before order by e.created_at limit :count)""")
			.param("before", this.clock.millis() - retention.toMillis())
			.param("count", FORGOTTEN_AT_ONCE)
			.update();
	}

}
