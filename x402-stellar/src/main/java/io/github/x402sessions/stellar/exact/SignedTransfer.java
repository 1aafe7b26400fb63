package io.github.x402sessions.stellar.exact;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * A transfer that its payer has signed, as a facilitator has received it. Of what was
 * sent it has the call and the authorisation, byte by byte, and nothing else. Its text
 * shows neither.
 */
public final class SignedTransfer {

	private final Transfer transfer;

	private final long nonce;

	private final long lastLedger;

	private final long maxTimeoutSeconds;

	private final byte[] call;

	private final byte[] entry;

	SignedTransfer(Transfer transfer, long nonce, long lastLedger, long maxTimeoutSeconds, byte[] call, byte[] entry) {
		this.transfer = transfer;
		this.nonce = nonce;
		this.lastLedger = lastLedger;
		this.maxTimeoutSeconds = maxTimeoutSeconds;
		this.call = call;
		this.entry = entry;
	}

	/**
	 * Return what is transferred.
	 * @return asset, payer, recipient as it is written, and amount
	 */
	public Transfer transfer() {
		return this.transfer;
	}

	/**
	 * Return the number by which the ledger takes it once.
	 * @return the number, any of 64 bits
	 */
	public long nonce() {
		return this.nonce;
	}

	/**
	 * Return the last ledger that takes the signature.
	 * @return the ledger's sequence number, 0 to 2^32 - 1
	 */
	public long lastLedger() {
		return this.lastLedger;
	}

	/** How long it may last, seconds. */
	long maxTimeoutSeconds() {
		return this.maxTimeoutSeconds;
	}

	/** The address, the function and its arguments. */
	byte[] call() {
		return this.call;
	}

	/** The authorisation. */
	byte[] entry() {
		return this.entry;
	}

	@Override
	public String toString() {
		return "SignedTransfer[" + this.transfer + "]";
	}

}
