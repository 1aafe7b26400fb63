package io.github.x402sessions.stellar.exact;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * A transfer that its payer has signed. Who has it can have it made, once, until its last
 * ledger: a secret until it is sent to whom it is for.
 */
public final class AuthorisedTransfer {

	private final TransferCall call;

	private final AuthorisationNonce nonce;

	private final byte[] entry;

	private final long signedAt;

	private final long lastLedger;

	AuthorisedTransfer(TransferCall call, AuthorisationNonce nonce, byte[] entry, long signedAt, long lastLedger) {
		this.call = call;
		this.nonce = nonce;
		this.entry = entry;
		this.signedAt = signedAt;
		this.lastLedger = lastLedger;
	}

	/**
	 * Return what is transferred.
	 * @return asset, payer, recipient and amount
	 */
	public Transfer transfer() {
		return this.call.transfer();
	}

	/**
	 * Return the last ledger in which the transfer can be made.
	 * @return the ledger's sequence number
	 */
	public long lastLedger() {
		return this.lastLedger;
	}

	TransferCall call() {
		return this.call;
	}

	AuthorisationNonce nonce() {
		return this.nonce;
	}

	byte[] entry() {
		return this.entry;
	}

	/** The latest ledger when it was made. */
	long signedAt() {
		return this.signedAt;
	}

	@Override
	public String toString() {
		return "AuthorisedTransfer[" + transfer() + ", lastLedger=" + this.lastLedger + "]";
	}

}
