package io.github.x402sessions.facilitator.discovery.listing;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a declaration cannot be listed. The message is for the seller and repeats
 * nothing of what was declared.
 */
public final class UnlistableException extends X402Exception {

	/**
	 * Create it.
	 * @param reason what is wrong with the declaration, in a sentence
	 */
	public UnlistableException(String reason) {
		super(reason, null);
	}

	/**
	 * Return what is wrong.
	 * @return the message
	 */
	public String reason() {
		return String.valueOf(getMessage());
	}

}
