package io.github.x402sessions.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.jspecify.annotations.Nullable;

/**
 * Results of tools with the receipt of their payment, and as they are stored for clients
 * that ask again.
 */
final class ToolResults {

	private ToolResults() {
	}

	/**
	 * Put a receipt to what a tool has in its {@code _meta}, in place of one it forged.
	 */
	static CallToolResult withReceipt(CallToolResult result, @Nullable SettleResponse receipt) {
		Map<String, Object> meta = new LinkedHashMap<>();
		if (result.meta() != null) {
			meta.putAll(result.meta());
		}
		meta.remove(PaymentMeta.RESPONSE);
		if (receipt != null) {
			meta.put(PaymentMeta.RESPONSE, json(receipt));
		}
		return new CallToolResult(result.content(), result.isError(), result.structuredContent(),
				(meta.isEmpty() && result.meta() == null) ? null : meta);
	}

	static CallToolResult error(String text) {
		return CallToolResult.builder(List.of(TextContent.builder(text).build())).isError(true).build();
	}

	static boolean isError(CallToolResult result) {
		return Boolean.TRUE.equals(result.isError());
	}

	/** Return a wire record as the JSON object that it is. */
	@SuppressWarnings("unchecked")
	static Map<String, Object> json(Object message) {
		return WireJson.read(WireJson.write(message), Map.class);
	}

	/**
	 * Write a result as it is sent.
	 * @throws UncheckedIOException if it cannot be sent
	 */
	static byte[] write(CallToolResult result) {
		try {
			return McpJsonDefaults.getMapper().writeValueAsBytes(result);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the result of a tool cannot be written as JSON", ex);
		}
	}

	static StoredResponse store(byte[] json) {
		return new StoredResponse(200, "application/json", json.length, List.of(), json);
	}

	/**
	 * Read a result that was stored.
	 * @throws UncheckedIOException if it is none
	 */
	static CallToolResult read(StoredResponse stored) {
		try {
			return McpJsonDefaults.getMapper().readValue(stored.body(), CallToolResult.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("what is stored is no result of a tool", ex);
		}
	}

}
