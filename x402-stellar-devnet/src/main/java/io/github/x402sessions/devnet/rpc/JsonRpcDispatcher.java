package io.github.x402sessions.devnet.rpc;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers JSON-RPC 2.0 requests. Thread-safe.
 */
public final class JsonRpcDispatcher {

	private static final Logger log = LoggerFactory.getLogger(JsonRpcDispatcher.class);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Map<String, RpcMethod> methods;

	JsonRpcDispatcher(Map<String, RpcMethod> methods) {
		this.methods = Map.copyOf(methods);
	}

	/** Answers one request; whatever is wrong with it becomes an error in the answer. */
	public byte[] answer(byte[] request) {
		JsonNode id = null;
		try {
			JsonNode call = parse(request);
			id = call.get("id");
			return response(id, "result", call(call));
		}
		catch (JsonRpcException ex) {
			return response(id, "error", new Failure(ex.code(), ex.reason()));
		}
		catch (RuntimeException ex) {
			log.error("A call failed", ex);
			return response(id, "error", new Failure(JsonRpcException.INTERNAL_ERROR, "internal error"));
		}
	}

	private JsonNode parse(byte[] request) {
		try {
			return this.mapper.readTree(request);
		}
		catch (JacksonException ex) {
			throw new JsonRpcException(JsonRpcException.PARSE_ERROR, "invalid JSON request message");
		}
	}

	private Object call(JsonNode call) {
		JsonNode method = call.get("method");
		if (!call.isObject() || method == null || !method.isString()) {
			throw new JsonRpcException(JsonRpcException.INVALID_REQUEST, "invalid request");
		}
		RpcMethod target = this.methods.get(method.stringValue());
		if (target == null) {
			throw new JsonRpcException(JsonRpcException.METHOD_NOT_FOUND, "method not found");
		}
		Params params = new Params(call.get("params"));
		params.requireBase64();
		return target.call(params);
	}

	private byte[] response(@Nullable JsonNode id, String kind, Object content) {
		Map<String, @Nullable Object> response = new LinkedHashMap<>();
		response.put("jsonrpc", "2.0");
		response.put("id", id);
		response.put(kind, content);
		return this.mapper.writeValueAsBytes(response);
	}

	private record Failure(int code, String message) {
	}

}
