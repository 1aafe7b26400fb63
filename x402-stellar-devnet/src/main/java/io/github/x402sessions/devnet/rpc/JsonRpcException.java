package io.github.x402sessions.devnet.rpc;

/**
 * Ends a JSON-RPC call with an error code and a message.
 */
final class JsonRpcException extends RuntimeException {

	static final int PARSE_ERROR = -32700;

	static final int INVALID_REQUEST = -32600;

	static final int METHOD_NOT_FOUND = -32601;

	static final int INVALID_PARAMS = -32602;

	static final int INTERNAL_ERROR = -32603;

	private final int code;

	private final String reason;

	JsonRpcException(int code, String reason) {
		super(reason, null, false, false);
		this.code = code;
		this.reason = reason;
	}

	static JsonRpcException invalidParams(String reason) {
		return new JsonRpcException(INVALID_PARAMS, reason);
	}

	static JsonRpcException invalidRequest(String reason) {
		return new JsonRpcException(INVALID_REQUEST, reason);
	}

	int code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

}
