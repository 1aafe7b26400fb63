package io.github.x402sessions.facilitator.session.registration;

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
				request.expirationLedger(), String.valueOf(request.approvalTxHash()));
	}

	static String message(String network, String asset, String recipient, String cap, long expirationLedger,
			String approvalTxHash) {
		return String.join(":", "x402-session:v1", network, asset, recipient, cap, Long.toString(expirationLedger),
				approvalTxHash);
	}

}
