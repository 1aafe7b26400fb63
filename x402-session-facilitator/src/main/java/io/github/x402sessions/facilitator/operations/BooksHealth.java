package io.github.x402sessions.facilitator.operations;

import io.github.x402sessions.facilitator.store.Nodes;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether the books can be read and written, and how much in them is open.
 */
public final class BooksHealth extends AbstractHealthIndicator {

	private final OpenWork open;

	private final Nodes nodes;

	/**
	 * Create it.
	 * @param jdbc the database
	 * @param nodes tell how long ago something could be written
	 */
	public BooksHealth(JdbcClient jdbc, Nodes nodes) {
		super("the books cannot be read");
		this.open = new OpenWork(jdbc);
		this.nodes = nodes;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.status(this.nodes.isBelieved() ? Status.UP : Status.DOWN)
			.withDetail("written", this.nodes.isBelieved())
			.withDetail("reserved", this.open.reserved())
			.withDetail("openTransactions", this.open.transactions());
	}

}
