package io.github.x402sessions.facilitator.operations;

import java.util.function.Supplier;

import io.github.x402sessions.facilitator.deferred.redemption.RedemptionState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether commitments are redeemed in time, and whether there are lumens for what
 * is open.
 */
final class RedemptionHealth extends AbstractHealthIndicator {

	private final Supplier<RedemptionState> redemption;

	/**
	 * Create it.
	 * @param redemption reads how redemption stands
	 */
	RedemptionHealth(Supplier<RedemptionState> redemption) {
		super("the books cannot be read");
		this.redemption = redemption;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RedemptionState state = this.redemption.get();
		builder.status(state.isWell() ? "UP" : "DOWN")
			.withDetail("oldestSeconds", state.age().toSeconds())
			.withDetail("late", state.late())
			.withDetail("lumensSuffice", state.canRedeem());
	}

}
