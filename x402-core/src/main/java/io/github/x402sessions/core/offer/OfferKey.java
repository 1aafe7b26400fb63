package io.github.x402sessions.core.offer;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The key that a server signs its offers and receipts with: an Ed25519 key for that alone
 * and of no account. Immutable and thread-safe.
 */
public final class OfferKey {

	/** What stands before the 32 bytes of a public key in X.509. */
	private static final int X509_PREFIX_BYTES = 12;

	private final byte[] seed;

	private final PrivateKey key;

	private final Ed25519PublicKey publicKey;

	private OfferKey(byte[] seed) {
		this.seed = seed;
		try {
			this.key = KeyFactory.getInstance(Ed25519PublicKey.ALGORITHM)
				.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
			KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519PublicKey.ALGORITHM);
			generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
			KeyPair pair = generator.generateKeyPair();
			byte[] encoded = pair.getPublic().getEncoded();
			this.publicKey = Ed25519PublicKey.of(Arrays.copyOfRange(encoded, X509_PREFIX_BYTES, encoded.length));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Ed25519 is part of every Java platform", ex);
		}
		requirePair();
	}

	/** Whoever made the pair need not have made it of the seed. */
	private void requirePair() {
		CompactJws proof = CompactJws.read(CompactJws.sign("proof", new byte[] { '{', '}' }, this));
		if (!proof.isSignedBy(this.publicKey)) {
			throw new IllegalStateException("this Java platform does not make Ed25519 keys of their seed");
		}
	}

	/**
	 * Make a key.
	 * @return a new random key
	 */
	public static OfferKey random() {
		byte[] seed = new byte[Ed25519PublicKey.BYTES];
		new SecureRandom().nextBytes(seed);
		return new OfferKey(seed);
	}

	/**
	 * Read a key.
	 * @param secret what {@link #toSecret()} wrote
	 * @return the key
	 * @throws IllegalArgumentException if it is none; the message repeats nothing of it
	 */
	public static OfferKey ofSecret(String secret) {
		try {
			byte[] seed = Base64.getUrlDecoder().decode(secret);
			if (seed.length == Ed25519PublicKey.BYTES) {
				return new OfferKey(seed);
			}
		}
		catch (IllegalArgumentException ex) {
			// The cause would repeat a part of the secret.
		}
		throw new IllegalArgumentException("not a key that signs offers (32 bytes in base64url)");
	}

	/**
	 * Write it down. The text is a secret: who has it signs as this server.
	 * @return 32 bytes in base64url
	 */
	public String toSecret() {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(this.seed);
	}

	/**
	 * Return the part that everybody may know.
	 * @return the public key
	 */
	public Ed25519PublicKey publicKey() {
		return this.publicKey;
	}

	PrivateKey key() {
		return this.key;
	}

	@Override
	public String toString() {
		return "OfferKey[" + this.publicKey + "]";
	}

	/** Says the same every time. */
	private static final class Fixed extends SecureRandom {

		private static final long serialVersionUID = 1L;

		private final transient byte[] said;

		Fixed(byte[] said) {
			this.said = said;
		}

		@Override
		public void nextBytes(byte[] bytes) {
			System.arraycopy(this.said, 0, bytes, 0, bytes.length);
		}

	}

}
