package io.github.x402sessions.facilitator.session;

import java.util.Base64;

import io.github.x402sessions.facilitator.chain.SignedMessage;

/**
 * The payer's signature over the terms of a registration: an approve is public, so only a
 * signature tells who may name its recipient. The text is that of contract.md, signed as
 * SEP-53 says.
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

	static boolean isValid(RegistrationRequest request, String proof) {
		return isSignedBy(request.user(), message(request), proof);
	}

	static boolean isSignedBy(String user, String message, String proof) {
		try {
			return SignedMessage.isSignedBy(user, message, Base64.getDecoder().decode(proof));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
