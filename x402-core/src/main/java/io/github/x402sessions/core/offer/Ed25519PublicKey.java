package io.github.x402sessions.core.offer;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The public key that offers and receipts of a server are checked by. Immutable and
 * thread-safe.
 */
public final class Ed25519PublicKey {

	static final String ALGORITHM = "Ed25519";

	static final int BYTES = 32;

	private static final int NAME_LENGTH = 16;

	/** The longest text of a key that is looked at, characters. */
	private static final int MAX_TEXT = 64;

	private final byte[] raw;

	private final PublicKey key;

	private Ed25519PublicKey(byte[] raw) throws GeneralSecurityException {
		this.raw = raw;
		byte[] y = new byte[BYTES];
		for (int i = 0; i < BYTES; i++) {
			y[i] = raw[BYTES - 1 - i];
		}
		boolean xIsOdd = (y[0] & 0x80) != 0;
		y[0] &= 0x7f;
		this.key = KeyFactory.getInstance(ALGORITHM)
			.generatePublic(
					new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xIsOdd, new BigInteger(1, y))));
	}

	/**
	 * Take a key.
	 * @throws IllegalArgumentException if it is none
	 */
	static Ed25519PublicKey of(byte[] raw) {
		if (raw.length != BYTES) {
			throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
		}
		try {
			return new Ed25519PublicKey(raw.clone());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("not an Ed25519 key", ex);
		}
	}

	/**
	 * Read a key.
	 * @param text 32 bytes in base64url, as {@link #toString()} writes them
	 * @return the key
	 * @throws IllegalArgumentException if it is no such text
	 */
	public static Ed25519PublicKey parse(String text) {
		if (text.length() > MAX_TEXT) {
			throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
		}
		return of(Base64.getUrlDecoder().decode(text));
	}

	/**
	 * Read a JSON Web Key.
	 * @throws IllegalArgumentException if it is none of this kind
	 */
	static Ed25519PublicKey ofJwk(Map<?, ?> jwk) {
		if ("OKP".equals(jwk.get("kty")) && ALGORITHM.equals(jwk.get("crv")) && jwk.get("x") instanceof String x) {
			return parse(x);
		}
		throw new IllegalArgumentException("not the JSON Web Key of an Ed25519 key");
	}

	/** Return it as a JSON Web Key. */
	Map<String, @Nullable Object> toJwk() {
		return new TreeMap<>(Map.of("crv", ALGORITHM, "kty", "OKP", "x", toString()));
	}

	/** Return a name that no other key has: of its thumbprint (RFC 7638). */
	String name() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(Sha256.begin().digest(WireJson.write(toJwk())))
			.substring(0, NAME_LENGTH);
	}

	PublicKey key() {
		return this.key;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Ed25519PublicKey that && Arrays.equals(this.raw, that.raw);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.raw);
	}

	/** Return its 32 bytes in base64url without padding. */
	@Override
	public String toString() {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(this.raw);
	}

}
