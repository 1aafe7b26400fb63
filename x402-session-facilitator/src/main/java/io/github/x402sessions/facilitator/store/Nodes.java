package io.github.x402sessions.facilitator.store;

import java.time.Duration;
import java.util.UUID;

import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The processes that share the books. Each says now and then that it is alive; what one
 * leaves behind that has not said so for a while, any other takes up. That a node is
 * taken for dead while it is only slow does no harm: every step in the books is taken
 * once, whoever tries. Thread-safe.
 */
public final class Nodes {

	private static final Duration BELIEVED = Duration.ofSeconds(15);

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	private final String self = UUID.randomUUID().toString();

	/**
	 * Create the registry.
	 * @param jdbc the database
	 * @param clock the database's time
	 */
	public Nodes(JdbcClient jdbc, DatabaseClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Return the name of this process.
	 * @return a name that no other process has or ever had
	 */
	public String self() {
		return this.self;
	}

	/** Say that this process is alive, by the database's time, which is read anew. */
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

	/** Say that this process ends. */
	public void leave() {
		this.jdbc.sql("delete from facilitator_node where id = :id").param("id", this.self).update();
	}

	/** Say that this process is alone: whatever others left can be taken up at once. */
	public void alone() {
		this.jdbc.sql("delete from facilitator_node").update();
		this.jdbc.sql("update channel set lease = null, leased_until = 0").update();
	}

}
