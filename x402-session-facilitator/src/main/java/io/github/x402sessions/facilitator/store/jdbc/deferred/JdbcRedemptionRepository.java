package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.x402sessions.facilitator.deferred.redemption.GivenUp;
import io.github.x402sessions.facilitator.deferred.redemption.OpenCommitment;
import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionRepository;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transfer.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The commitments that are to be redeemed, in the database. What is open between whom is
 * read from the sums of sessions and of what is lent, however many commitments there are.
 * Thread-safe.
 *
 * @param jdbc the database
 * @param nodes who shares it
 * @param clock the time that is written to rows
 * @param spenders who may spend the payers' allowances
 */
record JdbcRedemptionRepository(JdbcClient jdbc, Nodes nodes, Clock clock,
		Spenders spenders) implements RedemptionRepository {

	private static final String OF_PARTIES = "payer = :payer and asset = :asset and recipient = :recipient";

	private static final String OVER = """
			session_id in (select p.id from payment_session p
			where p.payer = :payer and p.asset = :asset and p.reserved > 0
			and coalesce(p.last_ledger, p.expiration_ledger) < :ledger)""";

	private static final String LAST_LEDGER = "coalesce(p.last_ledger, p.expiration_ledger)";

	/**
	 * A payer may have as many sessions as pairs: they are put together and not joined,
	 * so that the time does not grow with their product.
	 */
	static final String OPEN = """
			select * from (select e.payer, e.asset, e.recipient, sum(e.committed) - sum(e.held) as amount, max(e.ended) as ended,
			max(e.ours) as ours, coalesce(min(e.own_ledger), min(e.any_ledger)) as last_ledger,
			max(e.latest_session) as latest_session,
			(select min(s.created_at) from settlement s where s.status = 'COMMITTED' and s.payer = e.payer
			and s.asset = e.asset and s.recipient = e.recipient) as oldest,
			(select count(*) from (select 1 from settlement s where s.status = 'COMMITTED' and s.payer = e.payer
			and s.asset = e.asset and s.recipient = e.recipient limit %2$d) w) as waiting,
			(select count(*) from (select 1 from settlement s where s.defaulted and s.payer = e.payer
			and s.asset = e.asset and s.recipient = e.recipient and s.status = 'DEFAULTED' limit 1) d) as defaulted
			from (select x.payer, x.asset, x.recipient, 1 as known, 0 as committed, 0 as held, 0 as ended, a.ours,
			cast(null as bigint) as own_ledger, a.last_ledger as any_ledger, a.latest_session from
			(select p.payer, p.asset, max(case when p.spender in (:spenders) then 1 else 0 end) as ours,
			min(%1$s) as last_ledger, (select max(o.created_at) from payment_session o
			where o.payer = p.payer and o.spender in (:spenders) and o.asset = p.asset) as latest_session
			from payment_session p where p.reserved > 0 and p.committed > 0 group by p.payer, p.asset) as a
			join deferred_exposure x on x.asset = a.asset and x.payer = a.payer and x.recipient <> ''
			union all select p.payer, p.asset, p.recipient, 0, p.committed, 0, case when p.superseded then 1 else 0 end, 0,
			%1$s, null, null from payment_session p where p.reserved > 0 and p.committed > 0
			union all select s.payer, s.asset, s.recipient, 0, 0, s.amount, 0, 0, null, null, null
			from settlement s where s.status = 'HELD') as e
			group by e.payer, e.asset, e.recipient having max(e.known) = 1) as pairs
			where oldest is not null or defaulted > 0"""
		.formatted(LAST_LEDGER, OpenParties.COUNTED);

	/**
	 * Whoever was owed something has a sum. A session that is for another recipient now
	 * may have to pay the one before, where what it had paid was not paid after all. What
	 * only spenders could take that are not here waits for nothing but its end.
	 */
	@Override
	public List<OpenParties> open() {
		return this.jdbc.sql(OPEN).param("spenders", this.spenders.addresses()).query((row, number) -> {
			boolean ours = row.getInt("ours") > 0;
			return new OpenParties(
					new Parties(row.getString("asset"), row.getString("payer"), row.getString("recipient")),
					row.getBigDecimal("amount").toBigInteger(),
					(ours && row.getObject("oldest") instanceof Number oldest)
							? Instant.ofEpochMilli(oldest.longValue()) : null,
					ours ? row.getInt("waiting") : 0, ours && row.getInt("defaulted") > 0, row.getInt("ended") > 0,
					row.getLong("last_ledger"), Instant.ofEpochMilli(row.getLong("latest_session")));
		}).list();
	}

	@Override
	public List<OpenCommitment> open(Parties parties, boolean defaulted, int count) {
		return open(parties, this.spenders.addresses(), defaulted, count);
	}

	@Override
	public List<OpenCommitment> openOfAny(Parties parties, boolean defaulted, int count) {
		List<String> spenders = of(parties.asset(), parties.from(), """
				select distinct spender from payment_session
				where payer = :payer and asset = :asset and reserved > 0 and committed > 0""")
			.query((row, number) -> row.getString("spender"))
			.list();
		return open(parties, spenders, defaulted, count).stream().limit(count).toList();
	}

	/** However many one of them has, the others have theirs. */
	private List<OpenCommitment> open(Parties parties, List<String> spenders, boolean defaulted, int count) {
		return spenders.stream()
			.flatMap((spender) -> open(parties, spender, defaulted, count).stream())
			.sorted(Comparator.comparingLong(Dated::created).thenComparing((one) -> one.commitment().id()))
			.map(Dated::commitment)
			.toList();
	}

	private List<Dated> open(Parties parties, String spender, boolean defaulted, int count) {
		return of(parties, """
				select s.id, s.session_id, p.spender, s.amount, p.approval_ledger, s.funds_ledger, s.created_at,
				%s as last_ledger from settlement s join payment_session p on p.id = s.session_id
				where s.payer = :payer and s.asset = :asset and s.recipient = :recipient and %s and p.spender = :spender
				order by s.created_at, s.id limit :count""".formatted(LAST_LEDGER,
				defaulted ? "s.defaulted and s.status = 'DEFAULTED'" : "s.status = 'COMMITTED'"))
			.param("spender", spender)
			.param("count", count)
			.query((row, number) -> new Dated(row.getLong("created_at"),
					new OpenCommitment(row.getString("id"), row.getString("session_id"), row.getString("spender"),
							BigInteger.valueOf(row.getLong("amount")), row.getLong("last_ledger"),
							row.getLong("approval_ledger"), row.getLong("funds_ledger"))))
			.list();
	}

	@Override
	public boolean claim(Parties parties, Duration term) {
		return of(parties,
				"""
						update deferred_exposure set lease = :node, leased_until = :until
						where %s and (lease is null or lease = :node or leased_until < :now
						or not exists (select 1 from facilitator_node n where n.id = lease and n.alive_until >= :now))"""
					.formatted(OF_PARTIES))
			.param("node", this.nodes.self())
			.param("until", this.clock.millis() + term.toMillis())
			.param("now", this.clock.millis())
			.update() == 1;
	}

	@Override
	public void unclaim(Parties parties) {
		of(parties, "update deferred_exposure set lease = null, leased_until = 0 where " + OF_PARTIES
				+ " and lease = :node")
			.param("node", this.nodes.self())
			.update();
	}

	@Override
	public Map<String, BigInteger> putInDefault(Collection<String> ids) {
		return byAccount(this.jdbc.sql("""
				update settlement set status = 'DEFAULTED', defaulted = true, updated_at = :now
				where id in (:ids) and status = 'COMMITTED' returning session_id, amount""")
			.param("ids", ids)
			.param("now", this.clock.millis()));
	}

	@Override
	public Map<String, BigInteger> writeOff(Parties parties, long ledger) {
		return byAccount(of(parties, """
				update settlement set status = 'WRITTEN_OFF', updated_at = :now
				where %s and (status = 'COMMITTED' or (defaulted and status = 'DEFAULTED')) and %s
				returning session_id, amount""".formatted(OF_PARTIES, OVER)).param("now", this.clock.millis())
			.param("ledger", ledger));
	}

	@Override
	public Optional<GivenUp> writeOff(String id) {
		return this.jdbc.sql("""
				update settlement set status = 'WRITTEN_OFF', updated_at = :now
				where id = :id and deferred and status in ('COMMITTED', 'DEFAULTED')
				returning id, session_id, asset, payer, recipient, amount, defaulted""")
			.param("now", this.clock.millis())
			.param("id", id)
			.query((row, number) -> new GivenUp(row.getString("id"), row.getString("session_id"),
					new Parties(row.getString("asset"), row.getString("payer"), row.getString("recipient")),
					BigInteger.valueOf(row.getLong("amount")), row.getBoolean("defaulted")))
			.optional();
	}

	private static Map<String, BigInteger> byAccount(StatementSpec statement) {
		Map<String, BigInteger> sums = new TreeMap<>();
		statement
			.query((row, number) -> sums.merge(row.getString("session_id"), BigInteger.valueOf(row.getLong("amount")),
					BigInteger::add))
			.list();
		return sums;
	}

	@Override
	public BigInteger setAside(String asset, String payer) {
		return sum(of(asset, payer, """
				select coalesce(sum(reserved), 0) from payment_session
				where payer = :payer and asset = :asset and reserved > 0""")).subtract(inDefault(asset, payer));
	}

	@Override
	public BigInteger owed(AllowanceKey allowance, long ledger) {
		String asset = allowance.asset();
		String payer = allowance.from();
		return sum(of(asset, payer,
				"""
						select coalesce(sum(case when p.superseded or %s < :ledger then p.reserved else p.cap - p.spent end), 0)
						from payment_session p where p.payer = :payer and p.spender = :spender and p.asset = :asset"""
					.formatted(LAST_LEDGER))
			.param("spender", allowance.spender())
			.param("ledger", ledger)).subtract(sum(of(asset, payer, """
					select coalesce(sum(s.amount), 0) from settlement s join payment_session p on p.id = s.session_id
					where s.payer = :payer and s.asset = :asset and s.defaulted and s.status = 'DEFAULTED'
					and p.spender = :spender""").param("spender", allowance.spender())));
	}

	private BigInteger inDefault(String asset, String payer) {
		return sum(of(asset, payer, """
				select coalesce(sum(amount), 0) from settlement
				where payer = :payer and asset = :asset and defaulted and status = 'DEFAULTED'"""));
	}

	private static BigInteger sum(StatementSpec statement) {
		return statement.query((row, number) -> row.getBigDecimal(1).toBigInteger()).single();
	}

	private StatementSpec of(String asset, String payer, String sql) {
		return this.jdbc.sql(sql).param("payer", payer).param("asset", asset);
	}

	@Override
	public boolean isAwaited(String account) {
		return this.jdbc.sql("""
				select count(*) from (select 1 from settlement where session_id = :session and deferred
				and status in %s limit 1) open""".formatted(Statuses.UNPAID))
			.param("session", account)
			.query(Integer.class)
			.single() == 1;
	}

	private StatementSpec of(Parties parties, String sql) {
		return of(parties.asset(), parties.from(), sql).param("recipient", parties.to());
	}

	/**
	 * A commitment and when it was made.
	 *
	 * @param created when, milliseconds since 1970
	 * @param commitment the commitment
	 */
	private record Dated(long created, OpenCommitment commitment) {
	}

}
