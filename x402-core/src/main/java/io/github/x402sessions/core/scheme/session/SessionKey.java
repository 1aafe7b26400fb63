package io.github.x402sessions.core.scheme.session;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * The public key of a session: an Ed25519 key (RFC 8032) that the payer's client has made
 * for this session alone. Immutable and thread-safe.
 */
public final class SessionKey {

	private static final String ALGORITHM = "Ed25519";

	private static final int KEY_BYTES = 32;

	private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

	/**
	 * The y coordinates of the eight points whose order divides eight, little endian: a
	 * signature by such a key can be good for any text.
	 */
	private static final Set<String> SMALL_ORDER = Set.of(
			"0000000000000000000000000000000000000000000000000000000000000000",
			"0100000000000000000000000000000000000000000000000000000000000000",
			"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
			"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
			"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

	private final byte[] raw;

	private SessionKey(byte[] raw) {
		this.raw = raw;
	}

	/**
	 * Read a key.
	 * @param text 32 bytes in base64url, with or without padding
	 * @return the key
	 * @throws IllegalArgumentException if it is no such text, no point of the curve in
	 * its one spelling, or a point of small order
	 */
	public static SessionKey parse(String text) {
		return of(Base64Bytes.read(text));
	}

	/**
	 * Take a key.
	 * @param raw 32 bytes as RFC 8032 encodes a point
	 * @return the key
	 * @throws IllegalArgumentException if they are no point of the curve in its one
	 * spelling, or a point of small order
	 */
	public static SessionKey of(byte[] raw) {
		if (raw.length != KEY_BYTES) {
			throw new IllegalArgumentException("a session's key has " + KEY_BYTES + " bytes");
		}
		byte[] y = raw.clone();
		boolean xIsOdd = (y[KEY_BYTES - 1] & 0x80) != 0;
		y[KEY_BYTES - 1] &= 0x7f;
		if (SMALL_ORDER.contains(HexFormat.of().formatHex(y))) {
			throw new IllegalArgumentException("a session's key must not be a point of small order");
		}
		BigInteger coordinate = new BigInteger(1, reversed(y));
		if (coordinate.compareTo(PRIME) >= 0) {
			throw new IllegalArgumentException("a session's key must be in its shortest form");
		}
		requirePoint(new EdECPoint(xIsOdd, coordinate));
		return new SessionKey(raw.clone());
	}

	private static void requirePoint(EdECPoint point) {
		try {
			PublicKey key = KeyFactory.getInstance(ALGORITHM)
				.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
			Signature.getInstance(ALGORITHM).initVerify(key);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("a session's key must be a point of the curve", ex);
		}
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] reversed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		return reversed;
	}

	/** Return its 32 bytes, as RFC 8032 encodes a point. */
	public byte[] toBytes() {
		return this.raw.clone();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SessionKey key && Arrays.equals(this.raw, key.raw);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.raw);
	}

	/** Return the key as it is written on the wire: base64url without padding. */
	@Override
	public String toString() {
		return Base64Bytes.write(this.raw);
	}

}
