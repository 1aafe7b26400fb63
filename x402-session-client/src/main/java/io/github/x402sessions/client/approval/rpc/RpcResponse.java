package io.github.x402sessions.client.approval.rpc;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The envelope of a JSON-RPC answer: a result or an error.
 *
 * @param result the method's own answer
 * @param error why there is none
 */
record RpcResponse(@Nullable Map<String, @Nullable Object> result, @Nullable Failure error) {

	/**
	 * The reason of a failed call.
	 *
	 * @param code the JSON-RPC error code
	 * @param message the reason in words
	 */
	record Failure(int code, @Nullable String message) {
	}

}
