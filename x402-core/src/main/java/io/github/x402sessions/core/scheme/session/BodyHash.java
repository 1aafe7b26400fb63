package io.github.x402sessions.core.scheme.session;

import java.security.MessageDigest;

import io.github.x402sessions.core.hash.Sha256;

/**
 * Writes the hash of a request's body as a {@link PaymentStatement} has it: SHA-256 in
 * base64url without padding. A request without a body has the hash of no bytes.
 */
public final class BodyHash {

	/** Says that the payer did not know the body when it signed. */
	public static final String UNKNOWN = "-";

	/** The hash of a request that has no body. */
	public static final String EMPTY = of(new byte[0]);

	private BodyHash() {
	}

	/**
	 * Hash a body.
	 * @param body the bytes as they are sent, after any content encoding
	 * @return 43 characters
	 */
	public static String of(byte[] body) {
		MessageDigest digest = Sha256.begin();
		digest.update(body);
		return of(digest);
	}

	/**
	 * Finish the hash of a body that came in pieces.
	 * @param digest a digest of {@link Sha256#begin()} that has seen all of it; it begins
	 * anew
	 * @return 43 characters
	 */
	public static String of(MessageDigest digest) {
		return text(digest.digest());
	}

	/**
	 * Write the hash of the pieces so far, after which more may come.
	 * @param digest a digest of {@link Sha256#begin()}
	 * @return 43 characters
	 */
	public static String soFar(MessageDigest digest) {
		return text(Sha256.soFar(digest));
	}

	private static String text(byte[] hash) {
		return Base64Bytes.write(hash);
	}

}
