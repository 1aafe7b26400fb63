package io.github.x402sessions.client.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

import io.github.x402sessions.core.scheme.session.Base64Bytes;
import io.github.x402sessions.core.scheme.session.SessionKey;
import io.github.x402sessions.stellar.account.AccountKey;

/**
 * The key of a session, private part included: an Ed25519 key that this client makes for
 * one session and that signs its payments. It is no key of an account, and no wallet sees
 * it. Immutable and thread-safe.
 */
public final class SessionKeyPair {

	private static final String ALGORITHM = "Ed25519";

	private static final int KEY_BYTES = 32;

	/** What stands before the 32 bytes of a public key in X.509. */
	private static final int X509_PREFIX_BYTES = 12;

	private final byte[] seed;

	private final PrivateKey key;

	private final SessionKey publicKey;

	private SessionKeyPair(byte[] seed, SessionKey publicKey) throws GeneralSecurityException {
		this.seed = seed;
		this.key = KeyFactory.getInstance(ALGORITHM)
			.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
		this.publicKey = publicKey;
	}

	/**
	 * Make a key.
	 * @return a new random key
	 */
	public static SessionKeyPair random() {
		try {
			KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
			byte[] encoded = made.getPublic().getEncoded();
			return new SessionKeyPair(((EdECPrivateKey) made.getPrivate()).getBytes().orElseThrow(),
					SessionKey.of(Arrays.copyOfRange(encoded, X509_PREFIX_BYTES, encoded.length)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Ed25519 is part of every Java platform", ex);
		}
	}

	/**
	 * Read a key that was kept.
	 * @param secret what {@link #toSecret()} wrote
	 * @return the key
	 * @throws IllegalArgumentException if it is none; the message repeats nothing of it
	 */
	public static SessionKeyPair ofSecret(String secret) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(secret);
			if (bytes.length == 2 * KEY_BYTES) {
				byte[] seed = Arrays.copyOf(bytes, KEY_BYTES);
				byte[] publicKey = Arrays.copyOfRange(bytes, KEY_BYTES, bytes.length);
				if (Arrays.equals(AccountKey.publicKeyOf(seed), publicKey)) {
					return new SessionKeyPair(seed, SessionKey.of(publicKey));
				}
			}
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			// The cause would repeat a part of the secret.
		}
		throw new IllegalArgumentException("not the key of a session (86 characters of base64url)");
	}

	/**
	 * Write it down. The text is a secret: who has it and the session's id can spend the
	 * session.
	 * @return the private part and the public one, 64 bytes in base64url
	 */
	public String toSecret() {
		byte[] both = Arrays.copyOf(this.seed, 2 * KEY_BYTES);
		System.arraycopy(this.publicKey.toBytes(), 0, both, KEY_BYTES, KEY_BYTES);
		return Base64Bytes.write(both);
	}

	/**
	 * Return the part that the facilitator is told.
	 * @return the public key
	 */
	public SessionKey publicKey() {
		return this.publicKey;
	}

	/**
	 * Sign a text.
	 * @param text the text, which is taken as UTF-8
	 * @return the signature, 64 bytes in base64url without padding
	 */
	public String sign(String text) {
		try {
			Signature signer = Signature.getInstance(ALGORITHM);
			signer.initSign(this.key);
			signer.update(text.getBytes(StandardCharsets.UTF_8));
			return Base64Bytes.write(signer.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("an Ed25519 key signs any text", ex);
		}
	}

	@Override
	public String toString() {
		return "SessionKeyPair[" + this.publicKey + "]";
	}

}
