package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * History of what was lent, from the rows of settlements: the database writes it itself,
 * in the order in which it keeps transactions, whatever any process says and whenever it
 * dies. PostgreSQL does so at the end of each transaction, when it still holds the rows
 * of the sums that it changes; SQLite has one writer. So the history knows every moment
 * between two transactions that have changed what somebody owes.
 */
final class ExposureHistory {

	private static final String LENT = "('COMMITTED', 'SUBMITTED', 'DEFAULTED', 'HELD')";

	private static final String POSTGRESQL = """
			create table exposure_history (number bigserial primary key, payer varchar(56) not null, amount bigint not null);
			create function lent(one settlement) returns bigint language sql as
			$$ select case when one.deferred and one.status in %s then one.amount else 0 end $$;
			create function exposure_changed() returns trigger language plpgsql as $$
			begin
				if lent(new) <> lent(old) then
					insert into exposure_history (payer, amount) values (coalesce(new.payer, old.payer), lent(new) - lent(old));
				end if;
				return null;
			end $$;
			create constraint trigger exposure_changed after insert or update or delete on settlement
			deferrable initially deferred for each row execute procedure exposure_changed()"""
		.formatted(LENT);

	private static final String[] SQLITE = {
			"create table exposure_history (number integer primary key, payer text not null, amount bigint not null)",
			trigger("insert", "new.payer", lent("new")), trigger("delete", "old.payer", "-" + lent("old")),
			trigger("update", "new.payer", lent("new") + " - " + lent("old")) };

	private final JdbcClient books;

	private ExposureHistory(JdbcClient books) {
		this.books = books;
	}

	/** Begin, in books in which nothing is lent. */
	static ExposureHistory begin(TestDatabase database) {
		JdbcClient books = database.jdbc();
		for (String sql : (database.dialect() == Dialect.SQLITE) ? SQLITE : new String[] { POSTGRESQL }) {
			books.sql(sql).update();
		}
		return new ExposureHistory(books);
	}

	private static String lent(String row) {
		return "(case when %1$s.deferred and %1$s.status in %2$s then %1$s.amount else 0 end)".formatted(row, LENT);
	}

	private static String trigger(String event, String payer, String change) {
		return "create trigger exposure_%1$s after %1$s on settlement when %3$s <> 0 begin insert into exposure_history (payer, amount) values (%2$s, %3$s); end"
			.formatted(event, payer, change);
	}

	/** Return how many times what a payer owes has changed. */
	long changes() {
		return query("select count(*) from exposure_history");
	}

	/** Return the most that any payer has owed at a time, base units. */
	long mostOfAPayer() {
		return query("""
				select coalesce(max(owed), 0) from (select sum(amount) over (partition by payer order by number) as owed
				from exposure_history) moments""");
	}

	/** Return the most that all have owed at a time, base units. */
	long mostOfAll() {
		return query("""
				select coalesce(max(owed), 0) from (select sum(amount) over (order by number) as owed
				from exposure_history) moments""");
	}

	/** Return what is owed now, base units. */
	long now() {
		return query("select coalesce(sum(amount), 0) from exposure_history");
	}

	private long query(String sql) {
		return this.books.sql(sql).query(Long.class).single();
	}

}
