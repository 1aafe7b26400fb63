package io.github.x402sessions.stellar.account;

import io.github.x402sessions.core.hash.Sha256;
import org.stellar.sdk.KeyPair;

/**
 * Signatures over plain text as SEP-53 defines them: ed25519 over the SHA-256 of a prefix
 * and the text, so that a signed text can never be a transaction.
 */
public final class SignedMessage {

	private static final String PREFIX = "Stellar Signed Message:\n";

	private SignedMessage() {
	}

	/**
	 * Tell whether an account's own key signed a text.
	 * @param account the account's address, {@code G…}
	 * @param text the text
	 * @param signature 64 bytes
	 * @return whether it did; false for anything that is no signature or account
	 */
	public static boolean isSignedBy(String account, String text, byte[] signature) {
		try {
			return KeyPair.fromAccountId(account).verify(hash(text), signature);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Return what is signed for a text.
	 * @param text the text
	 * @return a SHA-256, 32 bytes
	 */
	public static byte[] hash(String text) {
		return Sha256.of(PREFIX + text);
	}

}
