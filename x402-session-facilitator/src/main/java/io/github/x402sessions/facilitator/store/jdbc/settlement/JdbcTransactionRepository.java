package io.github.x402sessions.facilitator.store.jdbc.settlement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The transactions in the database. Thread-safe.
 */
final class JdbcTransactionRepository implements TransactionRepository {

	private static final int CLAIMED_AT_ONCE = 100;

	private static final Duration A_WHILE = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final Dialect dialect;

	private final Nodes nodes;

	private final Clock clock;

	/**
	 * Create them.
	 * @param jdbc the database
	 * @param dialect its dialect
	 * @param nodes who shares it
	 * @param clock the time that is written to rows
	 */
	JdbcTransactionRepository(JdbcClient jdbc, Dialect dialect, Nodes nodes, Clock clock) {
		this.jdbc = jdbc;
		this.dialect = dialect;
		this.nodes = nodes;
		this.clock = clock;
	}

	@Override
	public void add(SubmittedTransaction submitted) {
		SignedTransaction transaction = submitted.transaction();
		this.jdbc
			.sql("""
					insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status, node,
					created_at, updated_at)
					values (:hash, :envelope, :source, :sequence, :maxTime, :ledger, 'OPEN', :node, :now, :now)""")
			.param("hash", transaction.hash())
			.param("envelope", transaction.envelope())
			.param("source", transaction.source())
			.param("sequence", transaction.sequence())
			.param("maxTime", transaction.maxTime())
			.param("ledger", submitted.ledger())
			.param("node", this.nodes.self())
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public void over(String hash) {
		this.jdbc.sql(
				"update chain_transaction set status = 'OVER', updated_at = :now where hash = :hash and status = 'OPEN'")
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update();
	}

	@Override
	public @Nullable TrackingResult trackingResult(SignedTransaction transaction) {
		return this.jdbc.sql("""
				select status, ledger, 'as the books say' as note from chain_transaction
				where hash = :hash and status not in ('OPEN', 'OVER')
				union all select 'DEAD', null, 'another transaction of ours has used its sequence number'
				from chain_transaction where source = :source and sequence = :sequence
				and hash <> :hash and status in ('CONFIRMED', 'FAILED')""")
			.param("source", transaction.source())
			.param("sequence", transaction.sequence())
			.param("hash", transaction.hash())
			.query((row,
					number) -> new TrackingResult.Decided(new Outcome(Outcome.Status.valueOf(row.getString("status")),
							(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
							row.getString("note"))))
			.list()
			.stream()
			.findFirst()
			.orElse(null);
	}

	@Override
	public boolean end(String hash, Outcome outcome) {
		return this.jdbc.sql("""
				update chain_transaction set status = :status, ledger = :ledger, updated_at = :now
				where hash = :hash and status in ('OPEN', 'OVER')""")
			.param("status", outcome.status().name())
			.param("ledger", outcome.ledger())
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update() == 1;
	}

	@Override
	public boolean correct(String hash, String said, Outcome outcome) {
		return this.jdbc.sql("""
				update chain_transaction set status = :status, ledger = :ledger, updated_at = :now
				where hash = :hash and status = :said""")
			.param("status", outcome.status().name())
			.param("ledger", outcome.ledger())
			.param("now", this.clock.millis())
			.param("hash", hash)
			.param("said", said)
			.update() == 1;
	}

	@Override
	public List<Ended> unconcluded() {
		return this.jdbc
			.sql("""
					select distinct t.hash, t.status, t.ledger from settlement s join chain_transaction t on t.hash = s.tx_hash
					where s.status = 'SUBMITTED' and t.status in ('CONFIRMED', 'FAILED', 'DEAD')""")
			.query(JdbcTransactionRepository::readEnded)
			.list();
	}

	private static Ended readEnded(ResultSet row, int number) throws SQLException {
		Outcome.Status status = Outcome.Status.valueOf(row.getString("status"));
		return new Ended(row.getString("hash"), new Outcome(status,
				(status == Outcome.Status.DEAD) ? null : row.getLong("ledger"), "mended after a fault"));
	}

	@Override
	public Optional<SubmittedTransaction> find(String hash) {
		return this.jdbc.sql("select * from chain_transaction where hash = :hash and status in ('OPEN', 'OVER')")
			.param("hash", hash)
			.query(JdbcTransactionRepository::submitted)
			.optional();
	}

	@Override
	public Optional<SubmittedTransaction> ended(String hash, String status) {
		return this.jdbc.sql("select * from chain_transaction where hash = :hash and status = :status")
			.param("hash", hash)
			.param("status", status)
			.query(JdbcTransactionRepository::submitted)
			.optional();
	}

	@Override
	public List<SubmittedTransaction> claim() {
		return this.jdbc.sql("""
				update chain_transaction set node = :self where hash in (select t.hash from chain_transaction t
				where t.status in ('OPEN', 'OVER') and not exists (select 1 from facilitator_node n where n.id = t.node
				and n.alive_until >= :now) order by t.created_at limit :count%s)
				returning *""".formatted(this.dialect.taken("t")))
			.param("self", this.nodes.self())
			.param("now", this.clock.millis())
			.param("count", CLAIMED_AT_ONCE)
			.query(JdbcTransactionRepository::submitted)
			.list();
	}

	@Override
	public List<SubmittedTransaction> own() {
		return this.jdbc.sql("""
				select * from chain_transaction where status in ('OPEN', 'OVER') and node = :self
				and created_at < :before order by created_at""")
			.param("self", this.nodes.self())
			.param("before", this.clock.millis() - A_WHILE.toMillis())
			.query(JdbcTransactionRepository::submitted)
			.list();
	}

	@Override
	public int underWay() {
		return this.jdbc.sql("select count(*) from chain_transaction where status = 'OPEN' and node = :self")
			.param("self", this.nodes.self())
			.query(Integer.class)
			.single();
	}

	private static SubmittedTransaction submitted(ResultSet row, int number) throws SQLException {
		return new SubmittedTransaction(new SignedTransaction(row.getString("hash"), row.getString("envelope"),
				row.getString("source"), row.getLong("sequence"), row.getLong("max_time")),
				row.getLong("submitted_ledger"), null);
	}

}
