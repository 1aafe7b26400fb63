package io.github.x402sessions.mcp;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A client of an MCP server, which pays by hand.
 */
interface Agent extends AutoCloseable {

	List<Tool> tools();

	@Override
	void close() throws IOException;

	CallToolResult call(CallToolRequest request);

	/** Return all that has come from the server, byte for byte. */
	String received();

	default CallToolResult call(String tool, Map<String, Object> arguments) {
		return call(CallToolRequest.builder(tool).arguments(arguments).build());
	}

	/** Ask what a call costs, and pay that. */
	default CallToolResult buy(String tool, Map<String, Object> arguments) {
		return pay(tool, arguments, payment(call(tool, arguments)));
	}

	default CallToolResult pay(String tool, Map<String, Object> arguments, PaymentPayload payment) {
		return send(tool, arguments, ToolResults.json(payment));
	}

	default CallToolResult send(String tool, Map<String, Object> arguments, Object payment) {
		return call(
				CallToolRequest.builder(tool).arguments(arguments).meta(Map.of(PaymentMeta.PAYMENT, payment)).build());
	}

	static PaymentPayload payment(CallToolResult challenge) {
		return PaymentPayload.of(null, terms(challenge).accepts().get(0), Map.of("sessionId", "test-session"));
	}

	/** Read the terms of a refusal, which are the same as text. */
	static PaymentRequired terms(CallToolResult refusal) {
		PaymentRequired structured = WireJson.read(WireJson.write(refusal.structuredContent()), PaymentRequired.class);
		PaymentRequired text = WireJson.read(text(refusal).getBytes(java.nio.charset.StandardCharsets.UTF_8),
				PaymentRequired.class);
		if (!Boolean.TRUE.equals(refusal.isError()) || !structured.equals(text)) {
			throw new AssertionError("not a refusal in the form of the specification: " + refusal);
		}
		return structured;
	}

	static String text(CallToolResult result) {
		return ((TextContent) result.content().get(0)).text();
	}

	static @Nullable SettleResponse receipt(CallToolResult result) {
		Object receipt = (result.meta() != null) ? result.meta().get(PaymentMeta.RESPONSE) : null;
		return (receipt != null) ? WireJson.read(WireJson.write(receipt), SettleResponse.class) : null;
	}

}
