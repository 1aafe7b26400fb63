package io.github.x402sessions.client.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A text as SEP-53 has it signed: with a prefix that no transaction begins with.
 */
final class SignedMessage {

	private static final String PREFIX = "Stellar Signed Message:\n";

	private SignedMessage() {
	}

	/** Return the SHA-256 that is signed for a text. */
	static byte[] hash(String message) {
		try {
			return MessageDigest.getInstance("SHA-256").digest((PREFIX + message).getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
