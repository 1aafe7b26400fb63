package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.deferred.CommitmentOrder;
import io.github.x402sessions.facilitator.deferred.Exposure;
import io.github.x402sessions.facilitator.deferred.Lending;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what is lent in the rows of its sums, which everybody locks in one order. However
 * many payments are committed together, the statements are as many. Thread-safe.
 */
final class JdbcLendingBooks implements LendingBooks {

	private static final Comparator<Parties> ORDER = Comparator.comparing(Parties::asset)
		.thenComparing(Parties::from)
		.thenComparing(Parties::to);

	private final JdbcClient jdbc;

	private final Nodes nodes;

	private final Clock clock;

	/**
	 * Create it.
	 * @param jdbc the database
	 * @param nodes who shares it
	 * @param clock the time that is written to rows
	 */
	JdbcLendingBooks(JdbcClient jdbc, Nodes nodes, Clock clock) {
		this.jdbc = jdbc;
		this.nodes = nodes;
		this.clock = clock;
	}

	@Override
	public void lock(Collection<Parties> parties, Collection<Parties> sums) {
		count(Stream.concat(parties.stream().flatMap((pair) -> Exposure.of(pair).stream()), sums.stream())
			.distinct()
			.sorted(ORDER)
			.map((one) -> new Object[] { one.asset(), one.from(), one.to(), 0L })
			.toList());
	}

	@Override
	public void lock(String transaction) {
		List<Parties> parties = this.jdbc.sql("""
				select asset, payer, recipient from settlement where session_id is not null and tx_hash = :hash
				union select asset, payer, recipient from settlement where given_back_by = :hash""")
			.param("hash", transaction)
			.query((row, number) -> parties(row))
			.list();
		if (!parties.isEmpty()) {
			lock(parties);
		}
	}

	@Override
	public Map<Parties, BigInteger> sums(Collection<Parties> sums) {
		return new LendingReader(this.jdbc, day()).sums(sums);
	}

	/** Whatever is added, the rows are locked. */
	private void count(List<Object[]> rows) {
		this.jdbc
			.sql("""
					insert into deferred_exposure (asset, payer, recipient, amount) values :rows
					on conflict (asset, payer, recipient) do update set amount = deferred_exposure.amount + excluded.amount""")
			.param("rows", rows)
			.update();
	}

	@Override
	public Map<Parties, Lending> read(Collection<Parties> parties, long ledger) {
		return new LendingReader(this.jdbc, day()).read(parties, ledger);
	}

	private long day() {
		return Duration.ofMillis(this.clock.millis()).toDays();
	}

	@Override
	public List<String> add(List<CommitmentOrder> orders) {
		long now = this.clock.millis();
		return this.jdbc.sql("""
				insert into settlement (id, session_id, asset, payer, recipient, amount, status, node, payment_id,
				payment_terms, told, telling, deferred, settle_before, funds_ledger, held_until, created_at, updated_at)
				values :rows
				on conflict do nothing returning id""")
			.param("rows", orders.stream().map((order) -> row(order, now)).toList())
			.query((row, number) -> row.getString("id"))
			.list();
	}

	private @Nullable Object[] row(CommitmentOrder order, long now) {
		Transfer transfer = order.commitment().transfer();
		Instant held = order.heldUntil();
		return new @Nullable Object[] { order.commitment().id(), order.commitment().account(), transfer.asset(),
				transfer.from(), transfer.to(), transfer.amount().longValueExact(),
				(held != null) ? "HELD" : "COMMITTED", this.nodes.self(), order.key().id(), order.key().terms(), true,
				(order.delivery() != null) ? order.delivery().id() : null, true, order.commitment().settleBefore(),
				order.funds().ledger(), (held != null) ? held.toEpochMilli() : null, now, now };
	}

	@Override
	public void remove(List<String> ids) {
		this.jdbc.sql("delete from settlement where id in (:ids) and status in ('COMMITTED', 'HELD')")
			.param("ids", ids)
			.update();
	}

	@Override
	public void lend(Map<Parties, BigInteger> amounts) {
		Map<Parties, BigInteger> sums = new LinkedHashMap<>();
		amounts.forEach(
				(parties, amount) -> Exposure.of(parties).forEach((one) -> sums.merge(one, amount, BigInteger::add)));
		if (!sums.isEmpty()) {
			count(sums.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey(ORDER))
				.map((sum) -> new Object[] { sum.getKey().asset(), sum.getKey().from(), sum.getKey().to(),
						sum.getValue().longValueExact() })
				.toList());
		}
	}

	@Override
	public void confirmed(String transaction) {
		this.jdbc.sql("""
				select asset, payer, recipient, sum(amount) as amount,
				coalesce(sum(case when deferred then amount end), 0) as lent, count(*) as payments from settlement
				where tx_hash = :hash group by asset, payer, recipient order by asset, payer, recipient""")
			.param("hash", transaction)
			.query((row, number) -> new Paid(parties(row), row.getBigDecimal("amount").toBigInteger(),
					row.getBigDecimal("lent").toBigInteger(), row.getLong("payments")))
			.list()
			.forEach(this::confirmed);
	}

	private void confirmed(Paid paid) {
		if (paid.lent().signum() > 0) {
			lend(Map.of(paid.parties(), paid.lent().negate()));
		}
		count(paid.parties(), day(), new Ended(paid.amount(), BigInteger.ZERO, paid.payments()));
	}

	@Override
	public void lost(Parties parties, BigInteger amount) {
		lend(Map.of(parties, amount.negate()));
		count(Exposure.ofRecipient(parties), day(), Ended.lost(amount));
	}

	private void count(Parties parties, long day, Ended ended) {
		change("""
				insert into payment_day (asset, payer, recipient, day, confirmed, lost, payments)
				values (:asset, :payer, :recipient, :day, :confirmed, :lost, :payments)
				on conflict (asset, payer, recipient, day) do update set
				confirmed = payment_day.confirmed + excluded.confirmed, lost = payment_day.lost + excluded.lost,
				payments = payment_day.payments + excluded.payments""", parties, day, ended);
	}

	@Override
	public void uncount(String transaction) {
		List<Counted> all = counted(transaction);
		Map<Parties, BigInteger> locked = new HashMap<>();
		all.forEach((counted) -> locked.put(counted.parties(), BigInteger.ZERO));
		lend(locked);
		all.forEach((counted) -> {
			subtract(counted.parties(), counted.day(), counted.paid());
			subtract(Exposure.ofRecipient(counted.parties()), counted.day(), Ended.lost(counted.lost()));
		});
	}

	private void subtract(Parties parties, long day, Ended ended) {
		change("""
				update payment_day set confirmed = case when confirmed > :confirmed then confirmed - :confirmed else 0 end,
				lost = case when lost > :lost then lost - :lost else 0 end,
				payments = case when payments > :payments then payments - :payments else 0 end
				where asset = :asset and payer = :payer and recipient = :recipient and day = :day""",
				parties, day, ended);
	}

	private void change(String sql, Parties parties, long day, Ended ended) {
		this.jdbc.sql(sql)
			.param("asset", parties.asset())
			.param("payer", parties.from())
			.param("recipient", parties.to())
			.param("day", day)
			.param("confirmed", ended.confirmed().longValueExact())
			.param("lost", ended.lost().longValueExact())
			.param("payments", ended.payments())
			.update();
	}

	@Override
	public void recount(String transaction) {
		counted(transaction).forEach((counted) -> {
			count(counted.parties(), counted.day(), counted.paid());
			count(Exposure.ofRecipient(counted.parties()), counted.day(), Ended.lost(counted.lost()));
		});
	}

	/** What has come to its end counts on the day on which it did. */
	private List<Counted> counted(String transaction) {
		return this.jdbc.sql("""
				select asset, payer, recipient, updated_at / 86400000 as day,
				sum(case when status = 'CONFIRMED' then amount else 0 end) as confirmed,
				sum(case when status = 'WRITTEN_OFF' then amount else 0 end) as lost,
				sum(case when status = 'CONFIRMED' then 1 else 0 end) as payments from settlement
				where (tx_hash = :hash and status = 'CONFIRMED') or (given_back_by = :hash and status = 'WRITTEN_OFF')
				group by asset, payer, recipient, updated_at / 86400000 order by asset, payer, recipient""")
			.param("hash", transaction)
			.query((row, number) -> new Counted(parties(row), row.getLong("day"),
					row.getBigDecimal("confirmed").toBigInteger(), row.getBigDecimal("lost").toBigInteger(),
					row.getLong("payments")))
			.list();
	}

	private static Parties parties(ResultSet row) throws SQLException {
		return new Parties(row.getString("asset"), row.getString("payer"), row.getString("recipient"));
	}

	@Override
	public boolean mend(String account) {
		return this.jdbc.sql("""
				select asset, payer, recipient from payment_session where id = :id
				union select asset, payer, recipient from settlement where session_id = :id and deferred
				order by asset, payer, recipient""")
			.param("id", account)
			.query((row, number) -> parties(row))
			.list()
			.stream()
			.map(this::mend)
			.reduce(false, Boolean::logicalOr);
	}

	private boolean mend(Parties parties) {
		lend(Map.of(parties, BigInteger.ZERO));
		BigInteger counted = new LendingReader(this.jdbc, day()).exposure(parties);
		BigInteger open = this.jdbc
			.sql("""
					select coalesce(sum(amount), 0) from (select s.amount from settlement s where s.status = 'COMMITTED' and %1$s
					union all select s.amount from settlement s where s.status = 'HELD' and %1$s
					union all select s.amount from settlement s where s.defaulted and s.status = 'DEFAULTED' and %1$s
					union all select s.amount from settlement s where s.deferred and s.status = 'SUBMITTED' and %1$s) lent"""
				.formatted("s.payer = :payer and s.asset = :asset and s.recipient = :recipient"))
			.param("payer", parties.from())
			.param("asset", parties.asset())
			.param("recipient", parties.to())
			.query((row, number) -> row.getBigDecimal(1).toBigInteger())
			.single();
		lend(Map.of(parties, open.subtract(counted)));
		return !open.equals(counted);
	}

	/**
	 * Amounts that a transaction has paid.
	 *
	 * @param parties by whom to whom
	 * @param amount how much, base units
	 * @param lent how much of that was lent
	 * @param payments how many they are
	 */
	private record Paid(Parties parties, BigInteger amount, BigInteger lent, long payments) {
	}

	/**
	 * Amounts that count in a day.
	 *
	 * @param confirmed how much was paid, base units
	 * @param lost how much was given up, base units
	 * @param payments how many payments the first is made of
	 */
	private record Ended(BigInteger confirmed, BigInteger lost, long payments) {

		static Ended lost(BigInteger amount) {
			return new Ended(BigInteger.ZERO, amount, 0);
		}

	}

	/**
	 * Amounts that have come to their end on one day.
	 *
	 * @param parties by whom to whom
	 * @param day the day, since 1970
	 * @param confirmed how much was paid, base units
	 * @param lost how much was given up, base units
	 * @param payments how many were paid
	 */
	private record Counted(Parties parties, long day, BigInteger confirmed, BigInteger lost, long payments) {

		Ended paid() {
			return new Ended(this.confirmed, BigInteger.ZERO, this.payments);
		}

	}

}
