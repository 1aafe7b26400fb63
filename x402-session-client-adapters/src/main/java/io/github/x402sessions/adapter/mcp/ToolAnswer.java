package io.github.x402sessions.adapter.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer to the call of a tool, as far as it tells of money.
 *
 * @param status what it would be over HTTP: 200, 402 where money is asked, 422 where the
 * tool has failed, or 500 where the call has
 * @param challenges what is asked, as JSON; at most one
 * @param receipts what was paid, as JSON; at most one
 */
record ToolAnswer(int status, List<String> challenges, List<String> receipts) {

	private static final int OK = 200;

	private static final int PAYMENT_REQUIRED = 402;

	/** The tool's own failure, of which servers say that it is paid where it is. */
	private static final int TOOL_FAILED = 422;

	private static final int ERROR = 500;

	/** Longer texts are no challenges. */
	private static final int MAX_LENGTH = 64 * 1024;

	static ToolAnswer of(McpSchema.JSONRPCResponse response) {
		Map<?, ?> result = members(response.result());
		int status = status(response, result);
		List<String> challenges = (status != OK) ? challenge(result).stream().toList() : List.of();
		Object receipt = members(result.get("_meta")).get(PaymentMeta.RESPONSE);
		List<String> receipts = (receipt != null) ? List.of(json(receipt)) : List.of();
		return new ToolAnswer(challenges.isEmpty() ? status : PAYMENT_REQUIRED, challenges, receipts);
	}

	private static int status(McpSchema.JSONRPCResponse response, Map<?, ?> result) {
		if (response.error() != null) {
			return ERROR;
		}
		return Boolean.TRUE.equals(result.get("isError")) ? TOOL_FAILED : OK;
	}

	boolean asksForMoney() {
		return !this.challenges.isEmpty();
	}

	/**
	 * The text counts only where nothing is structured: it may be what the tool has read
	 * elsewhere, and is no price of the server's then.
	 */
	private static Optional<String> challenge(Map<?, ?> result) {
		Object structured = result.get("structuredContent");
		if (structured == null) {
			return text(result.get("content")).filter((text) -> isChallenge(parsed(text)));
		}
		return Optional.of(members(structured)).filter(ToolAnswer::isChallenge).map(ToolAnswer::json);
	}

	private static Optional<String> text(@Nullable Object content) {
		return (content instanceof List<?> parts && !parts.isEmpty()
				&& members(parts.get(0)).get("text") instanceof String text) ? Optional.of(text) : Optional.empty();
	}

	private static Map<?, ?> parsed(String text) {
		try {
			return PaymentMeta.decode(text, Map.class, MAX_LENGTH);
		}
		catch (MalformedMessageException ex) {
			return Map.of();
		}
	}

	/** What is nested too deep to be written is nothing that can be read. */
	private static String json(Object value) {
		try {
			return PaymentMeta.encode(value);
		}
		catch (RuntimeException ex) {
			return "";
		}
	}

	private static boolean isChallenge(Map<?, ?> json) {
		return json.containsKey("x402Version") && json.containsKey("accepts");
	}

	private static Map<?, ?> members(@Nullable Object json) {
		return (json instanceof Map<?, ?> members) ? members : Map.of();
	}

}
