package io.github.x402sessions.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Proves that the owner of an approval is the one who registers it, and for whom: an
 * approve is public the moment it lands, and whoever registers it names the recipient. A
 * message signed by SEP-53.
 */
final class OwnershipProof {

	private static final String PREFIX = "Stellar Signed Message:\n";

	private OwnershipProof() {
	}

	static String sign(Registration registration, SessionSigner signer) {
		return Base64.getEncoder().encodeToString(signer.signMessage(text(registration)));
	}

	/** What is signed for a message (SEP-53). */
	static byte[] hash(String message) {
		return sha256(PREFIX + message);
	}

	private static String text(Registration registration) {
		return String.join(":", "x402-session:v1", registration.network(), registration.asset(),
				registration.recipient(), registration.cap(), Long.toString(registration.expirationLedger()),
				registration.approvalTxHash());
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
