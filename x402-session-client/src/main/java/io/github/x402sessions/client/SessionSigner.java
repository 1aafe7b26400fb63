package io.github.x402sessions.client;

/**
 * Signs for the account that pays: a key in memory, or anything that keeps one, such as
 * an HSM. Signs twice to open a session and never again.
 */
public interface SessionSigner {

	/**
	 * Return the account that pays.
	 * @return its address, {@code G…}
	 */
	String accountId();

	/**
	 * Sign a hash: first of the {@code approve} transaction, then of the message that
	 * proves to the facilitator whose session it is (SEP-53).
	 * @param hash a SHA-256, 32 bytes, to be signed as it is
	 * @return the account's ed25519 signature, 64 bytes
	 */
	byte[] sign(byte[] hash);

	/**
	 * Create a signer from a secret key.
	 * @param secret the secret key, {@code S…}
	 * @return a signer whose {@code toString} does not show the key
	 * @throws IllegalArgumentException if this is not a secret key; the message does not
	 * repeat it
	 */
	static SessionSigner ofSecret(String secret) {
		return SecretKeySigner.of(secret);
	}

	/**
	 * Create a signer with a new random key, for an account that is needed only as long
	 * as this process runs.
	 * @return the signer
	 */
	static SessionSigner random() {
		return SecretKeySigner.random();
	}

}
