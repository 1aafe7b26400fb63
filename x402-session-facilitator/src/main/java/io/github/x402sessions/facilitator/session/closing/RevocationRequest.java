package io.github.x402sessions.facilitator.session.closing;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.session.registration.RegistrationRequest;

/**
 * A request of a session's owner to close it and to take the allowance back.
 *
 * @param transaction the signed approve of nothing, or of what the owner's other sessions
 * need, base64 XDR
 */
public record RevocationRequest(String transaction) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public RevocationRequest {
		RegistrationRequest.required(transaction, "transaction");
	}

}
