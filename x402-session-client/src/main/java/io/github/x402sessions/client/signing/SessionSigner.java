package io.github.x402sessions.client.signing;

import java.util.function.UnaryOperator;

import io.github.x402sessions.stellar.account.SignedMessage;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import io.github.x402sessions.stellar.exact.UnsignedTransfer;

/**
 * Signs for the account that pays: a key in memory, or anything that keeps one. What
 * signs hashes, such as an HSM or a KMS, implements {@link #sign(byte[])}; what signs
 * only what it understands, such as a wallet, implements
 * {@link #signTransaction(String, String)} and {@link #signMessage(String)} instead.
 * Signs twice to open a session, once to close one, and to pay only where there is no
 * session.
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
	 * Sign a transaction.
	 * @param envelope the transaction without signatures, base64 XDR
	 * @param passphrase the passphrase of its network
	 * @return the same transaction with the account's signature, base64 XDR
	 */
	default String signTransaction(String envelope, String passphrase) {
		return UnsignedApproval.sign(envelope, passphrase, this::sign);
	}

	/**
	 * Sign a text, as SEP-53 says.
	 * @param message the text
	 * @return the account's ed25519 signature, 64 bytes
	 */
	default byte[] signMessage(String message) {
		return sign(SignedMessage.hash(message));
	}

	/**
	 * Sign the authorisation of one payment, as {@code signAuthEntry} of SEP-43 does:
	 * only where a client pays call by call, without a session.
	 * @param preimage what is hashed and signed, base64 XDR
	 * @param passphrase the passphrase of its network
	 * @return the account's ed25519 signature, 64 bytes
	 */
	default byte[] signAuthEntry(String preimage, String passphrase) {
		return sign(UnsignedTransfer.hash(preimage));
	}

	/**
	 * Create a signer from what signs hashes, such as the Stellar SDK's key pair:
	 * {@code SessionSigner.of(pair.getAccountId(), pair::sign)}.
	 * @param accountId the account that pays, {@code G…}
	 * @param key signs a SHA-256, 32 bytes, as {@link #sign(byte[])} does
	 * @return a signer
	 * @throws IllegalArgumentException if this is not an account
	 */
	static SessionSigner of(String accountId, UnaryOperator<byte[]> key) {
		return HashSigner.of(accountId, key);
	}

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

	/**
	 * Create a signer that signs nothing, for a process that only pays with a session
	 * that was opened elsewhere.
	 * @param accountId the account that pays, {@code G…}
	 * @return a signer whose signatures fail
	 * @throws IllegalArgumentException if this is not an account
	 */
	static SessionSigner keyless(String accountId) {
		return HashSigner.of(accountId, (hash) -> {
			throw new IllegalStateException("this client has no key to sign with");
		});
	}

}
