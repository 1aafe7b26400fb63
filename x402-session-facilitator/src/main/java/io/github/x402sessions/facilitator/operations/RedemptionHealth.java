package io.github.x402sessions.facilitator.operations;

import io.github.x402sessions.facilitator.deferred.redemption.RedemptionRounds;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether commitments are redeemed in time, and whether there are lumens for what
 * is open.
 */
final class RedemptionHealth extends AbstractHealthIndicator {

	private final RedemptionRounds rounds;

	/**
	 * Create it.
	 * @param rounds redeem
	 */
	RedemptionHealth(RedemptionRounds rounds) {
		super("the books cannot be read");
		this.rounds = rounds;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RedemptionState state = this.rounds.state();
		builder.status(state.isWell() ? "UP" : "DOWN")
			.withDetail("oldestSeconds", state.age().toSeconds())
			.withDetail("late", state.late())
			.withDetail("lumensSuffice", state.canRedeem());
	}

}
