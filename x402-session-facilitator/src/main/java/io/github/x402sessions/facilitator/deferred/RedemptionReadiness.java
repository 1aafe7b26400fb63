package io.github.x402sessions.facilitator.deferred;

import java.util.Optional;

/**
 * Tells whether what is committed now could be redeemed. Implementations are thread-safe
 * and answer at once.
 */
@FunctionalInterface
public interface RedemptionReadiness {

	/**
	 * Tell what would keep a commitment from being redeemed; where that is not known,
	 * something does.
	 * @param spender who would take what the payer has allowed
	 * @return what does, in words that are fit for a stranger; empty if nothing does
	 */
	Optional<String> obstacle(String spender);

}
