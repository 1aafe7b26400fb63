package io.github.x402sessions.client.opening.steps;

import java.util.function.Supplier;

import io.github.x402sessions.client.facilitator.SessionSupport;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Source of the keys of sessions, one for each.
 *
 * @param use whether sessions have keys
 * @param keys makes them
 */
public record SessionKeySource(SessionKeys use, Supplier<SessionKeyPair> keys) {

	/**
	 * Make the key of the next session.
	 * @param support what its facilitator takes
	 * @return the key, or {@code null} for a session without one
	 * @throws FacilitatorProtocolException if there has to be one and the facilitator
	 * takes none, or if there must be none and the facilitator takes nothing else
	 */
	public @Nullable SessionKeyPair next(SessionSupport support) {
		if (this.use == SessionKeys.REQUIRED && !support.keys()) {
			throw new FacilitatorProtocolException("facilitator does not take session keys", null);
		}
		if (this.use == SessionKeys.NONE && support.keysRequired()) {
			throw new FacilitatorProtocolException("facilitator takes no session without a key", null);
		}
		return (support.keys() && this.use != SessionKeys.NONE) ? this.keys.get() : null;
	}

	/** Whether a session without a key will do. */
	boolean mayBeNone() {
		return this.use != SessionKeys.REQUIRED;
	}

}
