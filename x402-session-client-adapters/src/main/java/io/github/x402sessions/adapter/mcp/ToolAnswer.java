package io.github.x402sessions.adapter.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer to the call of a tool, as far as it tells of money.
 *
 * @param status what it would be over HTTP: 200, 402 where money is asked, or 500
 * @param challenges what is asked, as JSON; at most one
 * @param receipts what was paid, as JSON; at most one
 */
record ToolAnswer(int status, List<String> challenges, List<String> receipts) {

	private static final int OK = 200;

	private static final int PAYMENT_REQUIRED = 402;

	private static final int ERROR = 500;

	/** Longer texts are no challenges. */
	private static final int MAX_LENGTH = 64 * 1024;

	static ToolAnswer of(McpSchema.JSONRPCResponse response) {
		Map<?, ?> result = members(response.result());
		boolean failed = response.error() != null || Boolean.TRUE.equals(result.get("isError"));
		List<String> challenges = failed ? challenge(result).stream().toList() : List.of();
		List<String> receipts = Stream.ofNullable(members(result.get("_meta")).get(PaymentMeta.RESPONSE))
			.map(ToolAnswer::json)
			.toList();
		int status = failed ? ERROR : OK;
		return new ToolAnswer(challenges.isEmpty() ? status : PAYMENT_REQUIRED, challenges, receipts);
	}

	boolean asksForMoney() {
		return !this.challenges.isEmpty();
	}

	private static Optional<String> challenge(Map<?, ?> result) {
		Map<?, ?> structured = members(result.get("structuredContent"));
		return isChallenge(structured) ? Optional.of(json(structured))
				: text(result.get("content")).filter((text) -> isChallenge(parsed(text)));
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
