package io.github.x402sessions.facilitator.deferred.redemption;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.facilitator.deferred.RedemptionReadiness;
import io.github.x402sessions.facilitator.key.Spenders;

/**
 * Obstacles to redeeming: there are too few lumens for all that is open, or nobody signs
 * for the spender. Thread-safe.
 *
 * @param lumens tells whether lumens suffice; where that is not known, they do not
 * @param spenders know who signs
 */
record RedemptionObstacles(BooleanSupplier lumens, Spenders spenders) implements RedemptionReadiness {

	@Override
	public Optional<String> obstacle(String spender) {
		if (!this.lumens.getAsBoolean()) {
			return Optional.of("the facilitator is short of lumens");
		}
		return this.spenders.canSign(spender) ? Optional.empty() : Optional.of("payments cannot be signed now");
	}

}
