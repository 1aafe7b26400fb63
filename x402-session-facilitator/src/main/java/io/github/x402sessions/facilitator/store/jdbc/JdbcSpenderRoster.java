package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The spenders of the nodes in a table of the database. Where there is one node only, it
 * keeps none. Thread-safe.
 *
 * @param jdbc the database
 * @param nodes who shares it
 * @param clock the time by which nodes are alive
 * @param dialect tells whether there may be other nodes
 */
record JdbcSpenderRoster(JdbcClient jdbc, Nodes nodes, Clock clock, Dialect dialect) implements SpenderRoster {

	/** Longer than a node takes to start again. */
	private static final Duration REMEMBERED = Duration.ofMinutes(10);

	@Override
	public void tell(List<String> addresses) {
		if (!this.dialect.isShared()) {
			return;
		}
		long now = this.clock.millis();
		List<Object[]> rows = addresses.stream()
			.map((address) -> new Object[] { this.nodes.self(), address, now })
			.toList();
		this.jdbc.sql("""
				insert into node_spender (node, spender, told_at) values :rows
				on conflict (node, spender) do update set told_at = excluded.told_at""").param("rows", rows).update();
		this.jdbc.sql("delete from node_spender where told_at < :forgotten")
			.param("forgotten", now - REMEMBERED.toMillis())
			.update();
	}

	@Override
	public boolean isHeldElsewhere(String address) {
		return this.dialect.isShared() && this.jdbc.sql("""
				select count(*) from node_spender where spender = :spender and node <> :self and told_at >= :since""")
			.param("spender", address)
			.param("self", this.nodes.self())
			.param("since", this.clock.millis() - REMEMBERED.toMillis())
			.query(Integer.class)
			.single() > 0;
	}

	@Override
	public int nodesWithout(String address) {
		return this.dialect.isShared() ? this.jdbc.sql("""
				select count(*) from facilitator_node n where n.id <> :self and n.alive_until >= :now
				and not exists (select 1 from node_spender s where s.node = n.id and s.spender = :spender)""")
			.param("spender", address)
			.param("self", this.nodes.self())
			.param("now", this.clock.millis())
			.query(Integer.class)
			.single() : 0;
	}

	@Override
	public List<String> needed(long latestLedger) {
		return this.jdbc.sql("""
				select spender from payment_session where not superseded and expiration_ledger >= :ledger
				union select spender from payment_session where reserved > 0 order by spender""")
			.param("ledger", latestLedger)
			.query((row, number) -> row.getString("spender"))
			.list();
	}

}
