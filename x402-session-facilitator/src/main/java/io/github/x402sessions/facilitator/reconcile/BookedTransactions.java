package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.transfer.Transfer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the transactions in the books from the oldest to the newest, some at a time, so
 * that there may be any number of them. Thread-safe.
 *
 * @param jdbc the books
 */
record BookedTransactions(JdbcClient jdbc) {

	private static final int AT_ONCE = 500;

	/**
	 * Read them.
	 * @param since when the first one was written down, milliseconds since 1970
	 * @param transactions hears of each
	 */
	void read(long since, Consumer<BookedTransaction> transactions) {
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

	private record Row(long createdAt, BookedTransaction transaction) {

		static Row read(ResultSet row, int number) throws SQLException {
			return new Row(row.getLong("created_at"),
					new BookedTransaction(
							row.getString("hash"), row.getString("status"), row.getLong("submitted_ledger"),
							row.getLong("ledger"), new Transfer(row.getString("asset"), row.getString("payer"),
									row.getString("recipient"), BigInteger.valueOf(row.getLong("amount"))),
							row.getInt("submitted")));
		}

	}

}
