package io.github.x402sessions.client.signing;

import java.util.function.UnaryOperator;

import io.github.x402sessions.core.price.StellarAddress;

/**
 * Leaves the signing of hashes to somebody else.
 *
 * @param accountId the account that pays
 * @param key who signs
 */
record HashSigner(String accountId, UnaryOperator<byte[]> key) implements SessionSigner {

	static HashSigner of(String accountId, UnaryOperator<byte[]> key) {
		if (!StellarAddress.isAccount(accountId)) {
			throw new IllegalArgumentException(
					"'" + accountId + "' is not an account (56 characters, G…, with a valid checksum)");
		}
		return new HashSigner(accountId, key);
	}

	@Override
	public byte[] sign(byte[] hash) {
		return this.key.apply(hash);
	}

	@Override
	public String toString() {
		return "SessionSigner[" + this.accountId + "]";
	}

}
