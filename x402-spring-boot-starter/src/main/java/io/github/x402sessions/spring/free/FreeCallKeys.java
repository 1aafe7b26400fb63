package io.github.x402sessions.spring.free;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Makes the keys that free calls are counted under. Addresses are few enough to try them
 * all, so a hash hides them only from those who do not know its secret. Thread-safe.
 */
final class FreeCallKeys {

	private static final String ALGORITHM = "HmacSHA256";

	/** Sets what is made here apart from all else that the secret is used for. */
	private static final String PURPOSE = "x402 free calls";

	private final SecretKeySpec key;

	private FreeCallKeys(byte[] key) {
		this.key = new SecretKeySpec(key, ALGORITHM);
	}

	/** Create keys for one instance alone, which nobody else can make. */
	static FreeCallKeys ofThisInstance() {
		byte[] secret = new byte[32];
		new SecureRandom().nextBytes(secret);
		return new FreeCallKeys(secret);
	}

	/**
	 * Create keys that are the same for all instances.
	 * @param secret what they share; without one the keys tell who called to anybody who
	 * tries all addresses
	 */
	static FreeCallKeys shared(@Nullable String secret) {
		String shared = (secret != null) ? secret.trim() : PURPOSE;
		return new FreeCallKeys(hash(new SecretKeySpec(shared.getBytes(StandardCharsets.UTF_8), ALGORITHM), PURPOSE));
	}

	/** Make the key of a caller or a group. */
	String of(String counter, LocalDate day, String name) {
		return HexFormat.of().formatHex(hash(this.key, String.join("\n", counter, day.toString(), name)));
	}

	private static byte[] hash(SecretKeySpec key, String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HMAC with SHA-256 is part of every Java platform", ex);
		}
	}

}
