package io.github.x402sessions.stellar.account;

import java.nio.charset.StandardCharsets;

import org.stellar.sdk.KeyPair;

/**
 * A public Ed25519 key for many signatures: the network's own library checks one in a
 * seventh of the time that the JDK takes. Immutable and thread-safe.
 */
public final class VerificationKey {

	private final KeyPair key;

	private VerificationKey(KeyPair key) {
		this.key = key;
	}

	/**
	 * Take a key.
	 * @param raw 32 bytes as RFC 8032 encodes a point
	 * @return the key
	 * @throws IllegalArgumentException if they are not as many
	 */
	public static VerificationKey of(byte[] raw) {
		return new VerificationKey(KeyPair.fromPublicKey(raw));
	}

	/**
	 * Return the account that belongs to this key.
	 * @return the address, {@code G…}
	 */
	public String address() {
		return this.key.getAccountId();
	}

	/**
	 * Tell whether the key's holder has signed a text.
	 * @param text the text, which is taken as UTF-8
	 * @param signature the signature as RFC 8032 encodes it
	 * @return whether it did; false for anything that is no signature
	 */
	public boolean verifies(String text, byte[] signature) {
		try {
			return this.key.verify(text.getBytes(StandardCharsets.UTF_8), signature);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
