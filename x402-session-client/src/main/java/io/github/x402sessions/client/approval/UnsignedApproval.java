package io.github.x402sessions.client.approval;

import java.util.HexFormat;

import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.DecoratedSignature;
import org.stellar.sdk.xdr.Signature;

/**
 * An approve transaction that is complete but for its signature.
 */
public final class UnsignedApproval {

	private final Transaction transaction;

	private final long expirationLedger;

	UnsignedApproval(Transaction transaction, long expirationLedger) {
		this.transaction = transaction;
		this.expirationLedger = expirationLedger;
	}

	/**
	 * Return the last ledger in which the allowance can be spent.
	 * @return the ledger's sequence number
	 */
	public long expirationLedger() {
		return this.expirationLedger;
	}

	/**
	 * Return what is to be signed.
	 * @return the transaction's hash, 32 bytes
	 */
	public byte[] hash() {
		return this.transaction.hash();
	}

	/**
	 * Return the hash as the ledger shows it.
	 * @return the hash in lower-case hex
	 */
	public String hashHex() {
		return HexFormat.of().formatHex(hash());
	}

	/**
	 * Add the signature. To be called once.
	 * @param signature the account's ed25519 signature of the hash, 64 bytes
	 * @return the signed transaction
	 * @throws IllegalArgumentException if the signature is not the account's
	 */
	public SignedApproval signed(byte[] signature) {
		KeyPair account = KeyPair.fromAccountId(this.transaction.getSourceAccount());
		if (signature.length != 64 || !account.verify(hash(), signature)) {
			throw new IllegalArgumentException("the signature is not one of account " + account.getAccountId());
		}
		DecoratedSignature decorated = new DecoratedSignature();
		decorated.setHint(account.getSignatureHint());
		decorated.setSignature(new Signature(signature));
		this.transaction.addSignature(decorated);
		return new SignedApproval(hashHex(), this.transaction.toEnvelopeXdrBase64(),
				this.transaction.getTimeBounds().getMaxTime().longValueExact());
	}

}
