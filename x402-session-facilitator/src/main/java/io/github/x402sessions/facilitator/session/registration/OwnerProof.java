package io.github.x402sessions.facilitator.session.registration;

import org.jspecify.annotations.Nullable;

/**
 * The payer's signature over the terms of a registration: an approval is public, so only
 * a signature tells who may name its recipient. The text is that of "Registering a
 * session" in {@code docs/protocol.md}; who has signed it is for {@link OwnerProofs} to
 * say.
 */
final class OwnerProof {

	private OwnerProof() {
	}

	static String message(RegistrationRequest request) {
		return message(request.network(), request.asset(), request.recipient(), request.cap(),
				request.expirationLedger(), String.valueOf(request.approvalTxHash()), request.sessionKey());
	}

	/** The text of a session with a key has another version, and ends with the key. */
	static String message(String network, String asset, String recipient, String cap, long expirationLedger,
			String approvalTxHash, @Nullable String sessionKey) {
		String terms = String.join(":", network, asset, recipient, cap, Long.toString(expirationLedger),
				approvalTxHash);
		return (sessionKey != null) ? "x402-session:v2:" + terms + ":" + sessionKey : "x402-session:v1:" + terms;
	}

}
