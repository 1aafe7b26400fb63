package io.github.x402sessions.facilitator.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what sessions have spent and reserved with their settlements, some sessions at
 * a time, each as of one moment. Thread-safe.
 *
 * @param jdbc the books
 */
record SessionSumsCheck(JdbcClient jdbc) {

	private static final int AT_ONCE = 500;

	private static final int HANDLE = 16;

	/**
	 * Compare.
	 * @param since when the first session was last changed, milliseconds since 1970
	 * @param findings hears of each session whose sums are wrong, with the store's name
	 * for it
	 */
	void run(long since, BiConsumer<String, Finding> findings) {
		List<Row> rows = after("", since);
		while (!rows.isEmpty()) {
			rows.stream().filter(Row::isWrong).forEach((row) -> findings.accept(row.id(), row.finding()));
			rows = after(rows.get(rows.size() - 1).id(), since);
		}
	}

	private List<Row> after(String id, long since) {
		return this.jdbc.sql("""
				select p.id, p.token_hash, p.spent, p.reserved,
				coalesce(sum(case when s.status = 'CONFIRMED' then s.amount end), 0) as paid,
				coalesce(sum(case when s.status in ('RESERVED', 'SUBMITTED') then s.amount end), 0) as open
				from (select * from payment_session where id > :id and updated_at >= :since order by id limit :count) p
				left join settlement s on s.session_id = p.id
				group by p.id, p.token_hash, p.spent, p.reserved order by p.id""")
			.param("id", id)
			.param("since", since)
			.param("count", AT_ONCE)
			.query(Row::read)
			.list();
	}

	private record Row(String id, String handle, long spent, long reserved, long paid, long open) {

		static Row read(ResultSet row, int number) throws SQLException {
			return new Row(row.getString("id"), row.getString("token_hash").substring(0, HANDLE), row.getLong("spent"),
					row.getLong("reserved"), row.getLong("paid"), row.getLong("open"));
		}

		boolean isWrong() {
			return this.spent != this.paid || this.reserved != this.open;
		}

		Finding finding() {
			return Finding.difference(this.handle, "has spent %d and reserved %d, its settlements come to %d and %d"
				.formatted(this.spent, this.reserved, this.paid, this.open));
		}

	}

}
