package io.github.x402sessions.stellar.rpc;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the chain's RPC server gives no usable answer, or its answer says that the
 * approval cannot be made.
 */
public final class ChainException extends X402Exception {

	public ChainException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
