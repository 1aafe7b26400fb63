package io.github.x402sessions.facilitator.deferred;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Names of commitments. Whoever knows one may ask what became of it, so that none can be
 * guessed.
 */
final class CommitmentId {

	private static final int BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private CommitmentId() {
	}

	static String next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return "cmt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
