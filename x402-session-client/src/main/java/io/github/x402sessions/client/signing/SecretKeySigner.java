package io.github.x402sessions.client.signing;

import io.github.x402sessions.stellar.account.AccountKey;

/**
 * Signs with a key in memory.
 */
final class SecretKeySigner implements SessionSigner {

	private final AccountKey key;

	private SecretKeySigner(AccountKey key) {
		this.key = key;
	}

	static SecretKeySigner of(String secret) {
		try {
			return new SecretKeySigner(AccountKey.of(secret));
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("not a Stellar secret key (56 characters, S…, with a valid checksum)");
		}
	}

	static SecretKeySigner random() {
		return new SecretKeySigner(AccountKey.random());
	}

	@Override
	public String accountId() {
		return this.key.address();
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
