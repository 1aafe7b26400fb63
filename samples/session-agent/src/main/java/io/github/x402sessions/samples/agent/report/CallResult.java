package io.github.x402sessions.samples.agent.report;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.payment.session.SessionBalance;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Result of one call.
 *
 * @param status the HTTP status; 0 if there was no answer
 * @param transaction the hash of the transaction that paid, or {@code null}
 * @param commitment the facilitator's commitment to settle the call later on; absent if
 * it is settled
 * @param amount what was paid, as a decimal, or {@code null}
 * @param held whether that is only the most that it may come to
 * @param content the answer's body
 * @param error why the call was not paid; absent if it was
 * @param perhapsCharged what may have been charged all the same, as a decimal; absent if
 * nothing was
 * @param remaining what the session has left, as a decimal; for people only
 * @param symbol what people call the asset; for people only
 */
@JsonPropertyOrder({ "status", "transaction", "commitment", "amount", "held", "body", "error", "perhapsCharged" })
public record CallResult(int status, @Nullable String transaction,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String commitment, @Nullable String amount,
		@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean held, @JsonIgnore Content content,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String perhapsCharged,
		@JsonIgnore @Nullable String remaining, @JsonIgnore String symbol) {

	public static CallResult of(HttpResponse<byte[]> answer, PaymentEvent.@Nullable Outcome outcome, Asset asset,
			BigInteger price) {
		PaymentReceipt receipt = PaymentReceipt.from(answer).orElse(null);
		BigInteger left = (receipt != null) ? SessionBalance.of(receipt).remaining() : null;
		String remaining = (left != null) ? asset.toDecimal(left) : null;
		if (receipt != null && receipt.success()) {
			BigInteger settled = (receipt.amount() != null) ? receipt.amount() : price;
			String commitment = receipt.commitment().orElse(null);
			return new CallResult(answer.statusCode(), (commitment != null) ? null : receipt.transaction(), commitment,
					asset.toDecimal(settled), receipt.isHeld(), Content.of(answer), null, null, remaining,
					asset.symbol());
		}
		return new CallResult(answer.statusCode(), null, null, null, false, Content.of(answer), reason(outcome, asset),
				perhapsCharged(outcome, asset), remaining, asset.symbol());
	}

	public static CallResult lost(Exception failure, PaymentEvent.@Nullable Outcome outcome, Asset asset) {
		String what = (failure instanceof IOException) ? failure.getClass().getSimpleName() : "interrupted";
		return new CallResult(0, null, null, null, false, Content.NONE, "no answer: " + what,
				perhapsCharged(outcome, asset), null, asset.symbol());
	}

	@JsonProperty
	String body() {
		return this.content.text();
	}

	@JsonIgnore
	public boolean isPaid() {
		return this.error == null;
	}

	/** Why a call was not paid, for people. */
	public static String reason(PaymentEvent.@Nullable Outcome outcome, Asset asset) {
		String unasked = "no payment was asked";
		return (outcome == null) ? unasked
				: outcome.fold((paid) -> unasked, PaymentEvent.Refused::reason,
						(unknown) -> "it is unknown whether it was paid: " + unknown.why(),
						(declined) -> declined(declined, asset), (overcharged) -> unasked);
	}

	private static String declined(PaymentEvent.Declined declined, Asset asset) {
		String because = "declined because of " + declined.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
		PaymentRequirements asked = (declined.reason() == DeclineReason.PRICE) ? declined.asked() : null;
		return (asked == null) ? because
				: BaseUnits.read(asked.amount())
					.map((price) -> "it costs " + asset.describe(price) + " now, more than a call may cost")
					.orElse(because);
	}

	/** What may have been charged, a decimal; {@code null} if nothing was. */
	public static @Nullable String perhapsCharged(PaymentEvent.@Nullable Outcome outcome, Asset asset) {
		return (outcome instanceof PaymentEvent.Unknown unknown) ? asset.toDecimal(unknown.amount()) : null;
	}

}
