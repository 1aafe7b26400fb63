package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The nodes in a table of the database. Thread-safe.
 */
final class JdbcNodes implements Nodes {

	private static final Duration BELIEVED = Duration.ofSeconds(15);

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	private final Dialect dialect;

	private final String self = UUID.randomUUID().toString();

	/**
	 * Create it.
	 * @param jdbc the database
	 * @param clock the database's time
	 * @param dialect tells whether there may be other nodes
	 */
	JdbcNodes(JdbcClient jdbc, DatabaseClock clock, Dialect dialect) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.dialect = dialect;
	}

	@Override
	public String self() {
		return this.self;
	}

	@Override
	public Clock clock() {
		return this.clock;
	}

	@Override
	public void beat() {
		this.clock.synchronize();
		this.jdbc.sql("""
				insert into facilitator_node (id, alive_until) values (:id, :until)
				on conflict (id) do update set alive_until = excluded.alive_until""")
			.param("id", this.self)
			.param("until", this.clock.millis() + BELIEVED.toMillis())
			.update();
		this.jdbc.sql("delete from facilitator_node where alive_until < :now")
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public void leave() {
		this.jdbc.sql("delete from facilitator_node where id = :id").param("id", this.self).update();
	}

	@Override
	public void begin() {
		if (!this.dialect.isShared()) {
			alone();
		}
		beat();
	}

	private void alone() {
		this.jdbc.sql("delete from facilitator_node").update();
		this.jdbc.sql("update channel set lease = null, leased_until = 0").update();
		this.jdbc.sql("update event_subject set lease = null, due_at = 0 where lease is not null").update();
	}

}
