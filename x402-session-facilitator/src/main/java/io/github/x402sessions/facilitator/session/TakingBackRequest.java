package io.github.x402sessions.facilitator.session;

import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * What the owner of a session sends to close it and to take the allowance back.
 *
 * @param transaction the signed approve of nothing, or of what the owner's other sessions
 * need, base64 XDR
 */
public record TakingBackRequest(String transaction) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public TakingBackRequest {
		RegistrationRequest.required(transaction, "transaction");
	}

}
