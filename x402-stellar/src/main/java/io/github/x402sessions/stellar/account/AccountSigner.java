package io.github.x402sessions.stellar.account;

/**
 * Signs for one account, by its secret or by whoever keeps that. Implementations never
 * show a secret and are thread-safe.
 */
public interface AccountSigner {

	/**
	 * Return the account that is signed for.
	 * @return the address, {@code G…}
	 */
	String address();

	/**
	 * Sign the hash of a transaction.
	 * @param hash the hash, 32 bytes
	 * @param purpose what the transaction is for
	 * @return an ed25519 signature that the account's public key proves, 64 bytes
	 * @throws SigningException if there is no such signature now; nothing was signed that
	 * anybody else has
	 */
	byte[] sign(byte[] hash, SigningPurpose purpose);

}
