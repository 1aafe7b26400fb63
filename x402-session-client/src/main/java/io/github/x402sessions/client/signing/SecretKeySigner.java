package io.github.x402sessions.client.signing;

import org.stellar.sdk.KeyPair;

/**
 * Signs with a key in memory.
 */
final class SecretKeySigner implements SessionSigner {

	private final KeyPair key;

	private SecretKeySigner(KeyPair key) {
		this.key = key;
	}

	static SecretKeySigner of(String secret) {
		try {
			return new SecretKeySigner(KeyPair.fromSecretSeed(secret));
		}
		catch (RuntimeException ex) {
			// The cause is left off on purpose: its message may quote the key.
			throw new IllegalArgumentException("not a Stellar secret key (56 characters, S…, with a valid checksum)");
		}
	}

	static SecretKeySigner random() {
		return new SecretKeySigner(KeyPair.random());
	}

	@Override
	public String accountId() {
		return this.key.getAccountId();
	}

	@Override
	public byte[] sign(byte[] hash) {
		return this.key.sign(hash);
	}

	@Override
	public String toString() {
		return "SessionSigner[" + accountId() + "]";
	}

}
