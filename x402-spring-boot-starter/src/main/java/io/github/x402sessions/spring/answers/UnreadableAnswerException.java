package io.github.x402sessions.spring.answers;

import io.github.x402sessions.core.X402Exception;

/**
 * Says that what is stored cannot be read: it was written with another key, or was
 * changed since.
 */
final class UnreadableAnswerException extends X402Exception {

	UnreadableAnswerException(String message) {
		super(message, null);
	}

}
