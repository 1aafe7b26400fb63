package io.github.x402sessions.facilitator.operations;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether the books can be read, and how much in them is open.
 */
public final class BooksHealth extends AbstractHealthIndicator {

	private final OpenWork open;

	/**
	 * Create it.
	 * @param jdbc the database
	 */
	public BooksHealth(JdbcClient jdbc) {
		super("the books cannot be read");
		this.open = new OpenWork(jdbc);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up()
			.withDetail("reserved", this.open.reserved())
			.withDetail("openTransactions", this.open.transactions());
	}

}
