package io.github.x402sessions.core.purchase;

import io.github.x402sessions.core.X402Exception;

/**
 * What a store of answers holds of an identifier cannot be read: it was written with
 * another key, or was changed since. Something was bought with the identifier, so nobody
 * may go on as though nothing were known. Whoever throws it has told its log.
 */
public final class UnreadableAnswerException extends X402Exception {

	/**
	 * Create the exception.
	 * @param message what is wrong, free of secrets and of what was read
	 */
	public UnreadableAnswerException(String message) {
		super(message, null);
	}

}
