package io.github.x402sessions.stellar.transfer;

import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.stellar.balance.TransferFailure;

/**
 * Thrown when a transfer would fail on the chain as it is now. Nothing was sent.
 */
public final class TransferFailsException extends X402Exception {

	private final TransferFailure failure;

	/**
	 * Create it.
	 * @param failure why it would fail
	 */
	public TransferFailsException(TransferFailure failure) {
		super(failure.sentence(), null);
		this.failure = failure;
	}

	/**
	 * Return why it would fail.
	 * @return the cause
	 */
	public TransferFailure failure() {
		return this.failure;
	}

}
