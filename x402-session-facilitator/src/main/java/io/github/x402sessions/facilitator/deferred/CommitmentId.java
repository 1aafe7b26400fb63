package io.github.x402sessions.facilitator.deferred;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Names of commitments. Whoever knows one may ask what became of it, so that none can be
 * guessed.
 */
public final class CommitmentId {

	private static final Pattern FORM = Pattern.compile("cmt_[A-Za-z0-9_-]{22}");

	private static final int BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private CommitmentId() {
	}

	static String next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return "cmt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Tell whether a text is a commitment's name by its form.
	 * @param text the text
	 * @return whether it is
	 */
	public static boolean matches(String text) {
		return FORM.matcher(text).matches();
	}

}
