package io.github.x402sessions.facilitator.session.evidence;

import org.jspecify.annotations.Nullable;

/**
 * Evidence of a payment: what the holder of a session's key has signed. Whoever has it
 * can check it, without the facilitator.
 *
 * @param sessionKey the key, base64url
 * @param statement the text that was signed
 * @param signature the signature over its UTF-8, base64url
 */
public record PaymentEvidence(String sessionKey, String statement, String signature) {

	/** The line of a statement that names the URL, counted from 0. */
	private static final int RESOURCE = 7;

	/**
	 * Read the URL that is paid for from a statement.
	 * @param statement the text that was signed
	 * @return the URL, printable ASCII, or {@code null} if the text is none
	 */
	public static @Nullable String resource(String statement) {
		String[] lines = statement.split("\n", RESOURCE + 2);
		return (lines.length > RESOURCE + 1) ? lines[RESOURCE] : null;
	}

}
