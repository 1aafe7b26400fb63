package io.github.x402sessions.devnet.rpc;

/**
 * Ends a JSON-RPC call with an error code and a message.
 */
final class RpcException extends RuntimeException {

	static final int PARSE_ERROR = -32700;

	static final int INVALID_REQUEST = -32600;

	static final int METHOD_NOT_FOUND = -32601;

	static final int INVALID_PARAMS = -32602;

	static final int INTERNAL_ERROR = -32603;

	private final int code;

	private final String reason;

	RpcException(int code, String reason) {
		super(reason, null, false, false);
		this.code = code;
		this.reason = reason;
	}

	static RpcException invalidParams(String reason) {
		return new RpcException(INVALID_PARAMS, reason);
	}

	static RpcException invalidRequest(String reason) {
		return new RpcException(INVALID_REQUEST, reason);
	}

	int code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

}
