package io.github.x402sessions.mcp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.jspecify.annotations.Nullable;

/**
 * The answer in place of a tool's result, in the form that the x402 specification for MCP
 * gives to all of them (tool-result binding): an error with the terms of payment, as
 * structured content and as text, and with the outcome of a settlement if there is one.
 *
 * @param result the answer
 * @param reason why the client gets no result of the tool
 */
record ToolRefusal(CallToolResult result, String reason) {

	private static final String ASKED = "payment_required";

	/** Ask for a payment, or ask again. */
	static ToolRefusal asking(PaymentRequired required, @Nullable SettleResponse failure) {
		byte[] json = WireJson.write(required);
		CallToolResult result = CallToolResult
			.builder(List.of(TextContent.builder(new String(json, StandardCharsets.UTF_8)).build()))
			.structuredContent(ToolResults.json(required))
			.isError(true)
			.meta((failure != null) ? Map.of(PaymentMeta.RESPONSE, ToolResults.json(failure)) : null)
			.build();
		return new ToolRefusal(result, (required.error() != null) ? required.error() : ASKED);
	}

	/** Say in our own words that the call is not served, without terms to pay by. */
	static ToolRefusal saying(String reason, String text) {
		return new ToolRefusal(ToolResults.error(text), reason);
	}

	/** The application does not sell to this client. */
	static ToolRefusal denied() {
		return saying("denied", "This tool is not for sale to this client. No payment was used.");
	}

	/** It cannot be told whether the call may be served. */
	static ToolRefusal broken() {
		return saying("failed",
				"The call was not decided on, because of an error of this server. Nothing was charged.");
	}

	/**
	 * Answer a call that does not reach its tool.
	 * @param known the terms as far as they are known without a facilitator
	 */
	static ToolRefusal of(PaymentDecision.Denied denied, PaymentRequired known) {
		return denied.fold((challenge) -> asking(challenge.required(), null),
				(refused) -> asking(refused.required(), refused.response()),
				(unavailable) -> asking(
						known.withError(unavailable.temporary() ? "facilitator_unavailable" : "facilitator_unusable"),
						null),
				(unknown) -> failed(known, unknown.response()),
				(notPayable) -> asking(known.withError("route_not_payable"), null), (spent) -> spent(known),
				(missing) -> asking(known.withError("payment_identifier_missing"), null));
	}

	/** The same call is being served. */
	static ToolRefusal busy(PaymentRequired known) {
		return asking(known.withError("payment_identifier_busy"), null);
	}

	/** The payment's identifier bought something else already. */
	static ToolRefusal spent(PaymentRequired known) {
		return asking(known.withError("payment_identifier_conflict"), null);
	}

	/** What the payment's identifier was used for cannot be found out now. */
	static ToolRefusal answersUnavailable(PaymentRequired known) {
		return asking(known.withError("answers_unavailable"), null);
	}

	/** The payment is none. */
	static ToolRefusal malformed(PaymentRequired known, String problem) {
		return asking(known.withError("malformed_payment: " + problem), null);
	}

	/** Answer in place of a tool whose payment was not settled. */
	static ToolRefusal of(SettlementOutcome outcome, PaymentRequired required) {
		return (outcome instanceof SettlementOutcome.Refused refused) ? asking(refused.required(), refused.response())
				: failed(required, outcome.response());
	}

	private static ToolRefusal failed(PaymentRequired required, SettleResponse failure) {
		String reason = failure.errorReason();
		return asking(required.withError((reason != null) ? reason : "settlement_unknown"), failure);
	}

}
