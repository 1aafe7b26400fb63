package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The leases of channels in the database. Thread-safe.
 */
final class JdbcChannelLeases implements ChannelLeases {

	private static final String RETIRE = """
			delete from channel where address = :address and leased_until < :now and not exists
			(select 1 from chain_transaction t where t.source = address and t.status in ('OPEN', 'OVER'))""";

	private final JdbcClient jdbc;

	private final Dialect dialect;

	private final Clock clock;

	/**
	 * Create them.
	 * @param jdbc the database
	 * @param dialect its dialect
	 * @param clock the time, about the same on every node
	 */
	JdbcChannelLeases(JdbcClient jdbc, Dialect dialect, Clock clock) {
		this.jdbc = jdbc;
		this.dialect = dialect;
		this.clock = clock;
	}

	@Override
	public void open(String owner, int slot, String address) {
		this.jdbc
			.sql("insert into channel (address, spender, slot) values (:address, :owner, :slot) on conflict do nothing")
			.param("address", address)
			.param("owner", owner)
			.param("slot", slot)
			.update();
	}

	@Override
	public Optional<ChannelLease> take(String owner, int first, int last, Duration term) {
		return this.jdbc
			.sql("""
					update channel set lease = :lease, leased_until = :until, last_used = :now
					where address = (select c.address from channel c
					where c.spender = :owner and c.slot between :first and :last and c.leased_until < :now
					and c.solvent and not exists (select 1 from chain_transaction t where t.source = c.address and t.status = 'OPEN')
					order by c.last_used, c.slot limit 1%s) and leased_until < :now
					returning lease, address, sequence"""
				.formatted(this.dialect.taken("c")))
			.param("lease", UUID.randomUUID().toString())
			.param("until", this.clock.millis() + term.toMillis())
			.param("now", this.clock.millis())
			.param("owner", owner)
			.param("first", first)
			.param("last", last)
			.query((row, number) -> new ChannelLease(row.getString("lease"), row.getString("address"),
					(row.getObject("sequence") instanceof Number sequence) ? sequence.longValue() : null))
			.optional();
	}

	@Override
	public boolean giveBack(ChannelLease lease) {
		return this.jdbc.sql("""
				update channel set lease = null, leased_until = 0
				where address = :address and lease = :lease""")
			.param("address", lease.address())
			.param("lease", lease.id())
			.update() == 1;
	}

	@Override
	public boolean setSolvent(String address, boolean solvent) {
		return this.jdbc.sql("update channel set solvent = :solvent where address = :address and solvent <> :solvent")
			.param("solvent", solvent)
			.param("address", address)
			.update() > 0;
	}

	@Override
	public void used(String address, long sequence) {
		this.jdbc.sql("""
				update channel set sequence = :used
				where address = :source and (sequence is null or sequence < :used)""")
			.param("source", address)
			.param("used", sequence)
			.update();
	}

	@Override
	public void forgetSequence(String address) {
		this.jdbc.sql("update channel set sequence = null where address = :source").param("source", address).update();
	}

	@Override
	public boolean retire(String address) {
		this.jdbc.sql(RETIRE).param("address", address).param("now", this.clock.millis()).update();
		return isGone(address);
	}

	@Override
	public boolean retireUnused(String address, Duration unused) {
		this.jdbc
			.sql("""
					%s and (not exists (select 1 from facilitator_node n where n.alive_until >= :now) or not exists
					(select 1 from channel o where o.spender = channel.spender and o.slot > 0 and o.last_used >= :before))"""
				.formatted(RETIRE))
			.param("address", address)
			.param("now", this.clock.millis())
			.param("before", this.clock.millis() - unused.toMillis())
			.update();
		return isGone(address);
	}

	private boolean isGone(String address) {
		return this.jdbc.sql("select count(*) from channel where address = :address")
			.param("address", address)
			.query(Integer.class)
			.single() == 0;
	}

	@Override
	public List<String> addresses(String owner) {
		return this.jdbc.sql("select address from channel where spender = :owner and slot > 0 order by slot")
			.param("owner", owner)
			.query((row, number) -> row.getString("address"))
			.list();
	}

	@Override
	public Map<String, String> openTransactions() {
		Map<String, String> open = new HashMap<>();
		this.jdbc.sql("select source, hash from chain_transaction where status = 'OPEN'")
			.query((RowCallbackHandler) (row) -> open.put(row.getString("source"), row.getString("hash")));
		return open;
	}

}
