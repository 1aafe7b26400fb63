package io.github.x402sessions.samples.agent.tools;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.funds.CallAllowance;
import io.github.x402sessions.samples.agent.report.CallResult;
import io.github.x402sessions.samples.agent.report.Content;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * Result of one call of a tool. Whether it was paid is what this client knows.
 *
 * @param tool its name
 * @param failed whether the tool says that it failed
 * @param text what it answers as text
 * @param content what it answers as an object
 * @param amount what was paid, a decimal; absent if nothing was
 * @param transaction the hash of the transaction that paid
 * @param commitment the facilitator's commitment to settle it later on
 * @param error why it was not paid
 * @param perhapsCharged what may have been charged all the same, a decimal
 * @param symbol what people call the asset
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolOutcome(String tool, boolean failed, String text, @Nullable Object content, @Nullable String amount,
		@Nullable String transaction, @Nullable String commitment, @Nullable String error,
		@Nullable String perhapsCharged, @JsonIgnore String symbol) {

	static ToolOutcome of(String tool, McpSchema.CallToolResult result, CallAllowance call, Asset asset) {
		PaymentEvent.Outcome outcome = call.outcome().orElse(null);
		PaymentReceipt receipt = receipt(outcome);
		if (outcome != null && receipt == null) {
			// A refusal's terms are for programs, which have had them.
			return new ToolOutcome(tool, true, "", null, null, null, null, CallResult.reason(outcome, asset),
					CallResult.perhapsCharged(outcome, asset), asset.symbol());
		}
		String commitment = (receipt != null) ? receipt.commitment().orElse(null) : null;
		String amount = (receipt == null) ? null : asset
			.toDecimal((receipt.amount() != null) ? receipt.amount() : call.agreed().orElseThrow().baseUnits());
		return new ToolOutcome(tool, Boolean.TRUE.equals(result.isError()), text(result.content()),
				result.structuredContent(), amount,
				(receipt != null && commitment == null) ? receipt.transaction() : null, commitment, null, null,
				asset.symbol());
	}

	/** There is no result. */
	static ToolOutcome lost(String tool, CallAllowance call, Asset asset) {
		call.abandon();
		return new ToolOutcome(tool, true, "", null, null, null, null, "no answer",
				CallResult.perhapsCharged(call.outcome().orElse(null), asset), asset.symbol());
	}

	private static @Nullable PaymentReceipt receipt(PaymentEvent.@Nullable Outcome outcome) {
		if (outcome instanceof PaymentEvent.Paid paid) {
			return paid.receipt();
		}
		return (outcome instanceof PaymentEvent.Overcharged overcharged) ? overcharged.receipt() : null;
	}

	private static String text(List<McpSchema.Content> parts) {
		return parts.stream()
			.map((part) -> (part instanceof McpSchema.TextContent text) ? text.text()
					: Map.of("type", part.type()).toString())
			.collect(Collectors.joining("\n"));
	}

	/** Whether the tool did what it is for, and was paid for it if it wanted money. */
	@JsonIgnore
	public boolean isDone() {
		return !this.failed;
	}

	/** Lines for people. */
	List<String> describe() {
		String charged = (this.perhapsCharged != null)
				? "; " + this.perhapsCharged + " " + this.symbol + " may have been charged" : "";
		String by = (this.commitment != null) ? "commitment " + this.commitment : String.valueOf(this.transaction);
		String payment;
		if (this.error != null) {
			payment = "not paid  " + this.error + charged;
		}
		else {
			payment = (this.amount != null) ? "paid      " + this.amount + " " + this.symbol + " by " + by
					: "free      nothing was asked";
		}
		return (this.error != null) ? List.of(payment) : List.of(payment, Content.harmless(this.text));
	}

}
