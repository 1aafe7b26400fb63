package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.facilitator.session.registration.RegistrationException;
import org.jspecify.annotations.Nullable;

/**
 * A refusal to register a session.
 *
 * @param error the rule that is broken, or what goes on
 * @param approvalTxHash the hash of the approval that was sent for the user, by which it
 * can be asked for again; absent if none was
 */
record RegistrationRefusal(String error, @Nullable String approvalTxHash) {

	static RegistrationRefusal of(RegistrationException refusal) {
		return new RegistrationRefusal(String.valueOf(refusal.getMessage()), refusal.approvalTxHash());
	}

}
