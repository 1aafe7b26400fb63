package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.x402sessions.facilitator.deferred.Exposure;
import io.github.x402sessions.facilitator.deferred.Lending;
import io.github.x402sessions.facilitator.deferred.Unconfirmed;
import io.github.x402sessions.stellar.transfer.Parties;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what is lent between many parties at once. The many are joined and not looked up
 * {@code in} a list, for which SQLite reads all that was ever confirmed. Thread-safe.
 *
 * @param jdbc the database
 * @param today the day, since 1970
 */
record LendingReader(JdbcClient jdbc, long today) {

	static final int DAYS_OF_CREDIT = 30;

	/** A statement takes no more than some thousand parameters, a pair twelve. */
	private static final int AT_ONCE = 1_000;

	private static final int DAYS_OF_LOSSES = 1;

	Map<Parties, Lending> read(Collection<Parties> parties, long ledger) {
		Map<Parties, Lending> read = new HashMap<>();
		List<Parties> all = List.copyOf(parties);
		for (int i = 0; i < all.size(); i += AT_ONCE) {
			read.putAll(readAtOnce(all.subList(i, Math.min(i + AT_ONCE, all.size())), ledger));
		}
		return read;
	}

	private Map<Parties, Lending> readAtOnce(List<Parties> parties, long ledger) {
		Set<Parties> sums = new HashSet<>();
		parties.forEach((pair) -> sums.addAll(Exposure.of(pair)));
		List<Object[]> payers = parties.stream().map(Exposure::ofPayer).distinct().map(LendingReader::ofPayer).toList();
		Map<Parties, BigInteger> lent = exposures(sums);
		Map<Parties, BigInteger> earned = new HashMap<>();
		Map<Parties, BigInteger> lost = new HashMap<>();
		readDays(sums, earned, lost);
		Set<String> frozen = frozen(parties);
		Map<Parties, Map<String, Unconfirmed>> unconfirmed = unconfirmed(payers, ledger);
		Map<Parties, Lending> read = new HashMap<>();
		parties.forEach((pair) -> read.put(pair,
				new Lending(of(lent, pair), of(lent, Exposure.ofPayer(pair)), of(lent, Exposure.ofRecipient(pair)),
						of(lent, Exposure.ofAll(pair)), of(earned, pair), of(lost, Exposure.ofRecipient(pair)),
						frozen.contains(pair.from()), unconfirmed.getOrDefault(Exposure.ofPayer(pair), Map.of()))));
		return read;
	}

	private static BigInteger of(Map<Parties, BigInteger> amounts, Parties parties) {
		return amounts.getOrDefault(parties, BigInteger.ZERO);
	}

	private static Object[] ofPayer(Parties parties) {
		return new Object[] { parties.from(), parties.asset() };
	}

	private static List<Object[]> rows(Collection<Parties> parties) {
		return parties.stream().map((one) -> new Object[] { one.asset(), one.from(), one.to() }).toList();
	}

	BigInteger exposure(Parties parties) {
		return of(exposures(Set.of(parties)), parties);
	}

	/** Read any number of sums. */
	Map<Parties, BigInteger> sums(Collection<Parties> sums) {
		Map<Parties, BigInteger> read = new HashMap<>();
		List<Parties> all = List.copyOf(sums);
		for (int i = 0; i < all.size(); i += AT_ONCE) {
			read.putAll(exposures(all.subList(i, Math.min(i + AT_ONCE, all.size()))));
		}
		return read;
	}

	Map<Parties, BigInteger> exposures(Collection<Parties> sums) {
		Map<Parties, BigInteger> lent = new HashMap<>();
		this.jdbc.sql("""
				select asset, payer, recipient, amount from deferred_exposure
				where (asset, payer, recipient) in (values :rows)""")
			.param("rows", rows(sums))
			.query((RowCallbackHandler) (row) -> lent.put(
					new Parties(row.getString("asset"), row.getString("payer"), row.getString("recipient")),
					BigInteger.valueOf(row.getLong("amount"))));
		return lent;
	}

	private void readDays(Collection<Parties> sums, Map<Parties, BigInteger> earned, Map<Parties, BigInteger> lost) {
		this.jdbc
			.sql("""
					select asset, payer, recipient, sum(confirmed) as confirmed,
					coalesce(sum(case when day >= :recently then lost end), 0) as lost from payment_day
					where (asset, payer, recipient) in (values :rows) and day >= :oldest group by asset, payer, recipient""")
			.param("recently", this.today - DAYS_OF_LOSSES)
			.param("oldest", this.today - DAYS_OF_CREDIT)
			.param("rows", rows(sums))
			.query((RowCallbackHandler) (row) -> {
				Parties parties = new Parties(row.getString("asset"), row.getString("payer"),
						row.getString("recipient"));
				earned.put(parties, row.getBigDecimal("confirmed").toBigInteger());
				lost.put(parties, row.getBigDecimal("lost").toBigInteger());
			});
	}

	private Set<String> frozen(Collection<Parties> parties) {
		return new HashSet<>(this.jdbc.sql("""
				select distinct payer from settlement where payer in (:payers)
				and defaulted and status in ('DEFAULTED', 'SUBMITTED', 'WRITTEN_OFF')""")
			.param("payers", parties.stream().map(Parties::from).distinct().toList())
			.query((row, number) -> row.getString("payer"))
			.list());
	}

	/**
	 * Of each payer, by the spenders who take it; what takes no allowance has no name.
	 */
	private Map<Parties, Map<String, Unconfirmed>> unconfirmed(List<Object[]> payers, long ledger) {
		Map<Parties, Map<String, Unconfirmed>> unconfirmed = new HashMap<>();
		this.jdbc.sql("""
				select payer, asset, spender, sum(amount) as amount from (
				select s.payer, s.asset, s.spender, s.reserved as amount from (values :payers) as given
				join payment_session s on s.payer = column1 and s.asset = column2 where s.reserved > 0
				union all select s.payer, s.asset, '' as spender, s.amount from (values :payers) as given
				join settlement s on s.payer = column1 and s.asset = column2
				where s.account is not null and s.status in ('RESERVED', 'SUBMITTED')) as paying
				group by payer, asset, spender""")
			.param("payers", payers)
			.query((RowCallbackHandler) (row) -> bySpender(unconfirmed, row).put(row.getString("spender"),
					new Unconfirmed(row.getBigDecimal("amount").toBigInteger(), new TreeMap<>())));
		this.jdbc.sql("""
				select s.payer, s.asset, coalesce(p.spender, '') as spender, s.ledger, sum(s.amount) as amount
				from (values :payers) as given join settlement s on s.payer = column1 and s.asset = column2
				left join payment_session p on p.id = s.session_id
				where s.status = 'CONFIRMED' and s.ledger > :ledger group by s.payer, s.asset, p.spender, s.ledger""")
			.param("payers", payers)
			.param("ledger", ledger)
			.query((RowCallbackHandler) (row) -> bySpender(unconfirmed, row)
				.computeIfAbsent(row.getString("spender"),
						(spender) -> new Unconfirmed(BigInteger.ZERO, new TreeMap<>()))
				.paid()
				.put(row.getLong("ledger"), row.getBigDecimal("amount").toBigInteger()));
		return unconfirmed;
	}

	private static Map<String, Unconfirmed> bySpender(Map<Parties, Map<String, Unconfirmed>> unconfirmed, ResultSet row)
			throws SQLException {
		return unconfirmed.computeIfAbsent(new Parties(row.getString("asset"), row.getString("payer"), ""),
				(payer) -> new HashMap<>());
	}

}
