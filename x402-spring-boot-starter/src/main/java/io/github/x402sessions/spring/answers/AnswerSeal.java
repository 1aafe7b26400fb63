package io.github.x402sessions.spring.answers;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.github.x402sessions.core.purchase.UnreadableAnswerException;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what is stored by AES-256-GCM, bound to where it is stored, or leaves it as it
 * is where there is no key. What was written in one way cannot be read in the other.
 * Thread-safe.
 */
final class AnswerSeal {

	private static final String PROPERTY = "x402.answers.encryption-key";

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int HEAD_BYTES = 1 + NONCE_BYTES;

	private static final int TAG_BITS = 128;

	private static final byte PLAIN = 0;

	private static final byte ENCRYPTED = 1;

	private final @Nullable SecretKey key;

	private final SecureRandom random = new SecureRandom();

	private AnswerSeal(@Nullable SecretKey key) {
		this.key = key;
	}

	/**
	 * Create a seal.
	 * @param key 32 bytes in base64; {@code null} to encrypt nothing
	 * @throws InvalidX402ConfigurationException if it is none
	 */
	static AnswerSeal of(@Nullable String key) {
		return new AnswerSeal((key != null) ? new SecretKeySpec(bytes(key.trim()), "AES") : null);
	}

	private static byte[] bytes(String key) {
		try {
			byte[] bytes = Base64.getDecoder().decode(key);
			if (bytes.length == KEY_BYTES) {
				return bytes;
			}
		}
		catch (IllegalArgumentException ex) {
			// said below, without what was given
		}
		throw new InvalidX402ConfigurationException(PROPERTY, "is not 32 bytes in base64",
				"Make one with 'openssl rand -base64 32', the same for all instances.");
	}

	boolean isEncrypting() {
		return this.key != null;
	}

	byte[] close(byte[] content, byte[] context) {
		SecretKey key = this.key;
		if (key == null) {
			byte[] plain = new byte[1 + content.length];
			plain[0] = PLAIN;
			System.arraycopy(content, 0, plain, 1, content.length);
			return plain;
		}
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
			byte[] sealed = Arrays.copyOf(new byte[] { ENCRYPTED }, HEAD_BYTES + cipher.getOutputSize(content.length));
			System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
			cipher.doFinal(content, 0, content.length, sealed, HEAD_BYTES);
			return sealed;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-GCM does not work here", ex);
		}
	}

	/**
	 * Open what was closed.
	 * @throws UnreadableAnswerException if it was closed with another key or in another
	 * context, was changed, or was not closed where there is a key
	 */
	byte[] open(byte[] sealed, byte[] context) {
		byte kind = (sealed.length > 0) ? sealed[0] : -1;
		SecretKey key = this.key;
		if (kind == PLAIN && key == null) {
			return Arrays.copyOfRange(sealed, 1, sealed.length);
		}
		if (kind == PLAIN) {
			throw new UnreadableAnswerException("What is stored for a payment identifier is not encrypted, and "
					+ PROPERTY + " is set: it was written by an instance without it");
		}
		if (key == null) {
			throw new UnreadableAnswerException(
					"What is stored for a payment identifier is encrypted, and " + PROPERTY + " is not set");
		}
		byte[] content = (sealed.length >= HEAD_BYTES + TAG_BITS / 8) ? decrypt(key, sealed, context) : null;
		if (content == null) {
			throw new UnreadableAnswerException("What is stored for a payment identifier does not open with " + PROPERTY
					+ ": it was written with another key, or was changed");
		}
		return content;
	}

	private static byte @Nullable [] decrypt(SecretKey key, byte[] sealed, byte[] context) {
		try {
			return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(sealed, 1, HEAD_BYTES), context).doFinal(sealed,
					HEAD_BYTES, sealed.length - HEAD_BYTES);
		}
		catch (GeneralSecurityException ex) {
			return null;
		}
	}

	private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(context);
		return cipher;
	}

}
