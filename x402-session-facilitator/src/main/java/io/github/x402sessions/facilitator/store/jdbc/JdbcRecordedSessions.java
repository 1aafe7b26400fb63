package io.github.x402sessions.facilitator.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.github.x402sessions.facilitator.reconcile.RecordedSessions;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sessions in the database, for comparisons with their settlements and with the
 * chain. Thread-safe.
 *
 * @param jdbc the books
 */
record JdbcRecordedSessions(JdbcClient jdbc) implements RecordedSessions {

	private static final int HANDLE = 16;

	@Override
	public List<Expiry> expiriesAfter(Expiry last, int count) {
		return this.jdbc.sql("""
				select distinct expiration_ledger, payer, asset from payment_session
				where (expiration_ledger, payer, asset) > (:ledger, :payer, :asset)
				order by expiration_ledger, payer, asset limit :count""")
			.param("ledger", last.ledger())
			.param("payer", last.payer())
			.param("asset", last.asset())
			.param("count", count)
			.query((row, number) -> new Expiry(row.getLong("expiration_ledger"), row.getString("payer"),
					row.getString("asset")))
			.list();
	}

	@Override
	public List<Debt> debtsAfter(Debt last, long ledger, int count) {
		return this.jdbc
			.sql("""
					select payer, spender, asset, sum(cap - spent - reserved) as owed from payment_session
					where (payer, spender, asset) > (:payer, :spender, :asset) and not superseded
					and expiration_ledger >= :ledger and (last_ledger is null or last_ledger >= :ledger)
					group by payer, spender, asset having sum(cap - spent - reserved) > 0 order by payer, spender, asset limit :count""")
			.param("payer", last.payer())
			.param("spender", last.spender())
			.param("asset", last.asset())
			.param("ledger", ledger)
			.param("count", count)
			.query((row, number) -> new Debt(row.getString("payer"), row.getString("spender"), row.getString("asset"),
					row.getBigDecimal("owed").toBigInteger()))
			.list();
	}

	@Override
	public List<Sums> sumsAfter(String id, long since, int count) {
		return this.jdbc
			.sql("""
					select p.id, p.token_hash, p.spent, p.reserved, p.committed,
					coalesce(sum(case when s.status = 'CONFIRMED' then s.amount end), 0) as paid,
					coalesce(sum(case when s.status in %s then s.amount end), 0) as open,
					coalesce(sum(case when s.status in %s then s.amount end), 0) as uncarried
					from (select * from payment_session where id > :id and updated_at >= :since order by id limit :count) p
					left join settlement s on s.session_id = p.id
					group by p.id, p.token_hash, p.spent, p.reserved, p.committed order by p.id"""
				.formatted(Statuses.OPEN, Statuses.UNCARRIED))
			.param("id", id)
			.param("since", since)
			.param("count", count)
			.query(JdbcRecordedSessions::sums)
			.list();
	}

	private static Sums sums(ResultSet row, int number) throws SQLException {
		return new Sums(row.getString("id"), row.getString("token_hash").substring(0, HANDLE), row.getLong("spent"),
				row.getLong("reserved"), row.getLong("committed"), row.getLong("paid"), row.getLong("open"),
				row.getLong("uncarried"));
	}

}
