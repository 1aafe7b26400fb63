package io.github.x402sessions.facilitator.merchant;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that was just made, which nobody can be told again.
 *
 * @param key how it is kept
 * @param secret the key itself
 */
public record IssuedKey(MerchantKey key, String secret) {

	/** What all keys begin with, so that one that is found somewhere is known for one. */
	static final String PREFIX = "x402m_";

	private static final int BYTES = 32;

	private static final int LENGTH = PREFIX.length() + 43;

	private static final SecureRandom RANDOM = new SecureRandom();

	static String newSecret() {
		return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random(BYTES));
	}

	/** Return a new name for something in the store. */
	static String newId() {
		return HexFormat.of().formatHex(random(8));
	}

	private static byte[] random(int count) {
		byte[] bytes = new byte[count];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	/** Tell whether a text may be a key at all. */
	static boolean looksLikeOne(String text) {
		return text.length() == LENGTH && text.startsWith(PREFIX);
	}

	@Override
	public String toString() {
		return "IssuedKey[" + this.key + ", secret=…]";
	}

}
