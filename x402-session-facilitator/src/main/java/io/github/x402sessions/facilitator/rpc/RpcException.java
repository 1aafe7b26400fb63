package io.github.x402sessions.facilitator.rpc;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a Stellar node gave no usable answer. The call may have had its effect.
 */
public final class RpcException extends X402Exception {

	/**
	 * Create the exception.
	 * @param message what happened, naming the call
	 * @param cause the cause, or {@code null}
	 */
	public RpcException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
