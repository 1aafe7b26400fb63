package io.github.x402sessions.facilitator.store.jdbc;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.reconcile.OpenTransaction;
import io.github.x402sessions.facilitator.reconcile.RecordedTransaction;
import io.github.x402sessions.facilitator.reconcile.RecordedTransactions;
import io.github.x402sessions.stellar.transfer.Transfer;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The transactions in the database, with what they carry. Thread-safe.
 *
 * @param jdbc the books
 */
record JdbcRecordedTransactions(JdbcClient jdbc) implements RecordedTransactions {

	private static final int AT_ONCE = 500;

	@Override
	public void read(long since, Consumer<RecordedTransaction> transactions) {
		List<Row> rows = after(since, "");
		while (!rows.isEmpty()) {
			rows.forEach((row) -> transactions.accept(row.transaction()));
			Row last = rows.get(rows.size() - 1);
			rows = after(last.createdAt(), last.transaction().hash());
		}
	}

	private List<Row> after(long createdAt, String hash) {
		return this.jdbc.sql("""
				select t.hash, t.status, t.submitted_ledger, coalesce(t.ledger, 0) as ledger, t.created_at,
				min(s.asset) as asset, min(s.payer) as payer, min(s.recipient) as recipient, sum(s.amount) as amount,
				sum(case when s.status = 'SUBMITTED' then 1 else 0 end) as submitted
				from (select * from chain_transaction where (created_at, hash) > (:createdAt, :hash)
				order by created_at, hash limit :count) t join settlement s on s.tx_hash = t.hash
				group by t.hash, t.status, t.submitted_ledger, t.ledger, t.created_at order by t.created_at, t.hash""")
			.param("createdAt", createdAt)
			.param("hash", hash)
			.param("count", AT_ONCE)
			.query(Row::read)
			.list();
	}

	@Override
	public List<OpenTransaction.Booked> open() {
		return this.jdbc.sql("""
				select t.hash, t.status, t.created_at, t.source, t.sequence, t.submitted_ledger, min(s.asset) as asset,
				min(s.payer) as payer, min(s.recipient) as recipient, sum(s.amount) as amount, min(p.spender) as spender
				from chain_transaction t join settlement s on s.tx_hash = t.hash
				left join payment_session p on p.id = s.session_id where t.status in ('OPEN', 'OVER')
				group by t.hash, t.status, t.created_at, t.source, t.sequence, t.submitted_ledger
				order by t.created_at""").query(JdbcRecordedTransactions::readOpen).list();
	}

	private static OpenTransaction.Booked readOpen(ResultSet row, int number) throws SQLException {
		return new OpenTransaction.Booked(row.getString("hash"), row.getString("status"),
				Instant.ofEpochMilli(row.getLong("created_at")), transfer(row), row.getString("source"),
				row.getLong("sequence"), row.getLong("submitted_ledger"), row.getString("spender"));
	}

	private static Transfer transfer(ResultSet row) throws SQLException {
		return new Transfer(row.getString("asset"), row.getString("payer"), row.getString("recipient"),
				BigInteger.valueOf(row.getLong("amount")));
	}

	@Override
	public long ledgerBefore(long millis) {
		return this.jdbc
			.sql("select coalesce(max(submitted_ledger), 0) from chain_transaction where created_at < :millis")
			.param("millis", millis)
			.query(Long.class)
			.single();
	}

	@Override
	public long highestNumber(String source) {
		return this.jdbc.sql("""
				select sequence from chain_transaction where source = :source and status <> 'DEAD'
				order by sequence desc limit 1""").param("source", source).query(Long.class).optional().orElse(0L);
	}

	@Override
	public boolean arePaidWithoutSessions() {
		return !this.jdbc.sql("select 1 from settlement where account > '' limit 1")
			.query(Integer.class)
			.list()
			.isEmpty();
	}

	private record Row(long createdAt, RecordedTransaction transaction) {

		static Row read(ResultSet row, int number) throws SQLException {
			return new Row(row.getLong("created_at"),
					new RecordedTransaction(row.getString("hash"), row.getString("status"),
							row.getLong("submitted_ledger"), row.getLong("ledger"), transfer(row),
							row.getInt("submitted")));
		}

	}

}
