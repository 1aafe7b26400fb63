package io.github.x402sessions.facilitator.session.closing;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.session.registration.RegistrationRequest;

/**
 * What the owner of a session sends to close it without its id.
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
