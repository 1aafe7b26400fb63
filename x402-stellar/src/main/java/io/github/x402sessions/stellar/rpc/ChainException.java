package io.github.x402sessions.stellar.rpc;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when something cannot be done on the chain: a node gives no usable answer, or
 * its answer says that it would fail.
 */
public class ChainException extends X402Exception {

	/**
	 * Create the exception.
	 * @param message what cannot be done and why
	 * @param cause the cause, or {@code null}
	 */
	public ChainException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
