package io.github.x402sessions.core.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes SHA-256 hashes. Thread-safe.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Begin a hash of what comes in pieces.
	 * @return a digest of its own, which is not thread-safe
	 */
	public static MessageDigest begin() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

	/**
	 * Add a text with its length in front, so that two texts are told from others that
	 * read the same one after the other.
	 * @param digest one that was begun here
	 * @param text the text, which is taken as UTF-8
	 */
	public static void add(MessageDigest digest, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
		digest.update(bytes);
	}

	/**
	 * Return the hash of the pieces so far, after which more may come.
	 * @param digest one that was begun here
	 * @return 32 bytes
	 */
	public static byte[] soFar(MessageDigest digest) {
		try {
			return ((MessageDigest) digest.clone()).digest();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("SHA-256 of this platform cannot be copied", ex);
		}
	}

	/**
	 * Return the hash of a text.
	 * @param text the text, which is taken as UTF-8
	 * @return 32 bytes
	 */
	public static byte[] of(String text) {
		return begin().digest(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return the hash of a text as it is written down.
	 * @param text the text, which is taken as UTF-8
	 * @return 64 hex digits in lower case
	 */
	public static String hex(String text) {
		return HexFormat.of().formatHex(of(text));
	}

}
