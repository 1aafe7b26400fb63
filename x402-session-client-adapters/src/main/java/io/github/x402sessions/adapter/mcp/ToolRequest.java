package io.github.x402sessions.adapter.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool as its caller made it, which carries no payment.
 *
 * @param request the message
 * @param tool the tool's name
 * @param arguments what it is called with
 * @param meta what the caller says beside them
 */
record ToolRequest(McpSchema.JSONRPCRequest request, String tool, Map<String, @Nullable Object> arguments,
		Map<String, Object> meta) {

	private static final String META = "_meta";

	/**
	 * Read a message.
	 * @return the call, or empty if it is something else, or is paid by somebody else
	 */
	static Optional<ToolRequest> of(McpSchema.JSONRPCRequest request) {
		if (!McpSchema.METHOD_TOOLS_CALL.equals(request.method())) {
			return Optional.empty();
		}
		Object params = request.params();
		ToolRequest call = null;
		if (params instanceof McpSchema.CallToolRequest typed) {
			call = new ToolRequest(request, typed.name(), object(typed.arguments()), known(typed.meta()));
		}
		else if (params instanceof Map<?, ?> json && json.get("name") instanceof String name) {
			call = new ToolRequest(request, name, object(json.get("arguments")), known(json.get(META)));
		}
		return Optional.ofNullable(call).filter((unpaid) -> !unpaid.meta().containsKey(PaymentMeta.PAYMENT));
	}

	/** The caller's name for a call that it may make again. */
	@Nullable String key() {
		return (this.meta.get(PayingMcpTransport.IDEMPOTENCY_KEY) instanceof String key && !key.isBlank()) ? key : null;
	}

	/** What is sent without a payment: all but the caller's name for it. */
	McpSchema.JSONRPCRequest unpaid() {
		return this.meta.containsKey(PayingMcpTransport.IDEMPOTENCY_KEY) ? with(this.request.id(), sent())
				: this.request;
	}

	/** The same with a payment. */
	McpSchema.JSONRPCRequest paid(Object id, String payment) {
		Map<String, Object> paid = sent();
		paid.put(PaymentMeta.PAYMENT, HiddenPayment.of(payment));
		return with(id, paid);
	}

	private Map<String, Object> sent() {
		Map<String, Object> sent = new LinkedHashMap<>(this.meta);
		sent.remove(PayingMcpTransport.IDEMPOTENCY_KEY);
		return sent;
	}

	private McpSchema.JSONRPCRequest with(Object id, Map<String, Object> changed) {
		return new McpSchema.JSONRPCRequest(this.request.jsonrpc(), this.request.method(), id, params(changed));
	}

	private Object params(Map<String, Object> changed) {
		if (this.request.params() instanceof McpSchema.CallToolRequest typed) {
			return new McpSchema.CallToolRequest(typed.name(), typed.arguments(), changed.isEmpty() ? null : changed);
		}
		Map<String, @Nullable Object> params = object(this.request.params());
		params.remove(META);
		if (!changed.isEmpty()) {
			params.put(META, changed);
		}
		return params;
	}

	private static Map<String, @Nullable Object> object(@Nullable Object json) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		if (json instanceof Map<?, ?> members) {
			members.forEach((name, value) -> copy.put(String.valueOf(name), value));
		}
		return copy;
	}

	/** All members but those that are null. */
	private static Map<String, Object> known(@Nullable Object json) {
		Map<String, Object> copy = new LinkedHashMap<>();
		object(json).forEach((name, value) -> {
			if (value != null) {
				copy.put(name, value);
			}
		});
		return copy;
	}

}
