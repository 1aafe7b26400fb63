package io.github.x402sessions.core.scheme.session;

import java.util.Base64;

/**
 * Bytes as the text of a signed payment has them: base64url without padding. Readers take
 * padding and the other alphabet too.
 */
public final class Base64Bytes {

	private Base64Bytes() {
	}

	/**
	 * Write bytes.
	 * @param bytes the bytes
	 * @return base64url without padding
	 */
	public static String write(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Read bytes.
	 * @throws IllegalArgumentException if it is no such text
	 */
	static byte[] read(String text) {
		return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
	}

}
