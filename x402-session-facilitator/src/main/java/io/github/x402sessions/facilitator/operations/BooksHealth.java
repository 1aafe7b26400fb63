package io.github.x402sessions.facilitator.operations;

import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.store.Nodes;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;

/**
 * Tells whether the books can be read and written, whether anybody doubts them, and how
 * much in them is open.
 */
final class BooksHealth extends AbstractHealthIndicator {

	private final OpenWork open;

	private final Nodes nodes;

	private final ConsistencyMonitor watch;

	/**
	 * Create it.
	 * @param open counts what is open
	 * @param nodes writes that this process is alive
	 * @param watch doubts the books
	 */
	public BooksHealth(OpenWork open, Nodes nodes, ConsistencyMonitor watch) {
		this.open = open;
		this.nodes = nodes;
		this.watch = watch;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		try {
			this.nodes.beat();
			builder.up()
				.withDetail("reserved", this.open.reserved())
				.withDetail("openTransactions", this.open.transactions());
			this.watch.doubt().ifPresent((doubt) -> builder.down().withDetail("settlingIsOff", doubt));
		}
		catch (DataAccessException ex) {
			builder.down().withDetail("error", ex.getClass().getSimpleName());
		}
	}

}
