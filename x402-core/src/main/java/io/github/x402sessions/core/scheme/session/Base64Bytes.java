package io.github.x402sessions.core.scheme.session;

import java.util.Base64;

/**
 * Bytes of base64 text, with or without padding, of either alphabet.
 */
final class Base64Bytes {

	private Base64Bytes() {
	}

	/**
	 * Read them.
	 * @throws IllegalArgumentException if it is no such text
	 */
	static byte[] read(String text) {
		return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
	}

}
