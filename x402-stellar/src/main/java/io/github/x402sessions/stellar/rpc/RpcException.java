package io.github.x402sessions.stellar.rpc;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a Stellar node gave no usable answer. The call may have had its effect.
 */
public final class RpcException extends ChainException {

	private final boolean ofTheCall;

	/**
	 * Create the exception: the node has failed, another may not.
	 * @param message what happened, naming the call
	 * @param cause the cause, or {@code null}
	 */
	public RpcException(String message, @Nullable Throwable cause) {
		this(message, cause, false);
	}

	private RpcException(String message, @Nullable Throwable cause, boolean ofTheCall) {
		super(message, cause);
		this.ofTheCall = ofTheCall;
	}

	/** Create one that says nothing against the node. */
	static RpcException ofTheCall(String message) {
		return new RpcException(message, null, true);
	}

	/** Tell whether the call itself is at fault, whichever node is asked. */
	boolean isOfTheCall() {
		return this.ofTheCall;
	}

}
