package io.github.x402sessions.devnet.network;

/**
 * Signals that an account cannot be given test money, with the reason.
 */
public final class FundingException extends IllegalStateException {

	FundingException(String message) {
		super(message);
	}

}
