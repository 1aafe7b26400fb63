package io.github.x402sessions.client;

import io.github.x402sessions.core.price.StellarAddress;

/**
 * Knows whose sessions they are and signs nothing.
 *
 * @param accountId the account that pays
 */
record KeylessSigner(String accountId) implements SessionSigner {

	static KeylessSigner of(String accountId) {
		if (!StellarAddress.isAccount(accountId)) {
			throw new IllegalArgumentException("'" + accountId + "' is not an account (56 characters, G…)");
		}
		return new KeylessSigner(accountId);
	}

	@Override
	public byte[] sign(byte[] hash) {
		throw new IllegalStateException("this client has no key to sign with");
	}

}
