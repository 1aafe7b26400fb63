package io.github.x402sessions.stellar.approval;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

import io.github.x402sessions.stellar.xdr.Envelopes;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.DecoratedSignature;
import org.stellar.sdk.xdr.Signature;

/**
 * An approval transaction that is complete but for its signature.
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
	 * Return the transaction for a wallet that signs whole transactions.
	 * @return the envelope without signatures, base64 XDR
	 */
	public String envelope() {
		return this.transaction.toEnvelopeXdrBase64();
	}

	/**
	 * Take over the signature of an envelope that somebody else has signed.
	 * @param envelope the signed envelope, base64 XDR
	 * @return the signed transaction
	 * @throws IllegalArgumentException if it is another transaction or is not signed by
	 * the account
	 */
	public SignedApproval signedAs(String envelope) {
		AbstractTransaction read = Envelopes.read(envelope, this.transaction.getNetwork().getNetworkPassphrase());
		if (!Arrays.equals(read.hash(), hash()) || read.getSignatures().size() != 1) {
			throw new IllegalArgumentException("the signer signed another transaction, or not once");
		}
		return signed(read.getSignatures().get(0).getSignature().getSignature());
	}

	/**
	 * Sign an envelope by its hash. What is signed is the caller's to know: it may be of
	 * any operations.
	 * @param envelope the envelope without signatures, base64 XDR
	 * @param passphrase the network's passphrase
	 * @param key signs a hash
	 * @return the signed envelope, base64 XDR
	 */
	public static String sign(String envelope, String passphrase, UnaryOperator<byte[]> key) {
		Transaction transaction = (Transaction) Envelopes.readKnown(envelope, passphrase);
		return new UnsignedApproval(transaction, 0).signed(key.apply(transaction.hash())).envelope();
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
