package io.github.x402sessions.facilitator.session.closing;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.session.registration.RegistrationRequest;

/**
 * A request of a session's owner to close it without its id.
 *
 * @param proof the owner's signature over {@link ClosingProof#message}, base64
 */
public record ClosingRequest(String proof) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public ClosingRequest {
		RegistrationRequest.required(proof, "proof");
	}

}
