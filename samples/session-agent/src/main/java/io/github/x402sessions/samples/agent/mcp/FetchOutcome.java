package io.github.x402sessions.samples.agent.mcp;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.funds.CallAllowance;
import io.github.x402sessions.samples.agent.report.Content;
import org.jspecify.annotations.Nullable;

/**
 * Puts into words what became of a paid call. Whether it was paid is what this client
 * knows, not what the server's answer says.
 *
 * @param funds have paid
 * @param call the call
 */
record FetchOutcome(AgentFunds funds, CallAllowance call) {

	private static final int PAYMENT_REQUIRED = 402;

	/** Of a facilitator that has no more to give for a session. */
	private static final Set<String> USED_UP = Set.of("cap_exceeded", "insufficient_funds", "insufficient_allowance");

	private static final Set<String> ENDED = Set.of("session_expired", "session_closed", "session_superseded",
			"session_not_found");

	FetchResult result(HttpResponse<BoundedBody.Beginning> answer) {
		PaymentEvent.Outcome outcome = this.call.outcome().orElse(null);
		if (outcome == null) {
			if (answer.statusCode() == PAYMENT_REQUIRED) {
				throw new RefusedException(notX402().answered(answer.statusCode()));
			}
			return content(answer, null, null);
		}
		return outcome.fold((paid) -> content(answer, receipt(paid.receipt()), null), (refused) -> {
			throw new RefusedException(refused(refused).answered(answer.statusCode()));
		}, (unknown) -> {
			throw new RefusedException(unknown(unknown).answered(answer.statusCode()));
		}, (declined) -> {
			throw new RefusedException(declined(declined).answered(answer.statusCode()));
		}, (overcharged) -> content(answer, receipt(overcharged.receipt()),
				"overcharged: the server's receipt shows more than was agreed, "
						+ asset().describe(overcharged.accepted()) + "; nothing more is paid from this session"));
	}

	/** There is no answer. */
	RefusedException lost() {
		return this.call.outcome()
			.filter(PaymentEvent.Unknown.class::isInstance)
			.map((outcome) -> new RefusedException(unknown((PaymentEvent.Unknown) outcome)))
			.orElseGet(
					() -> new RefusedException(RefusalCode.NO_ANSWER, "the server gives no answer; nothing was paid"));
	}

	private FetchResult content(HttpResponse<BoundedBody.Beginning> answer, @Nullable Receipt receipt,
			@Nullable String warning) {
		return FetchResult.of(answer.statusCode(), Content.of(answer.body().bytes(), answer), answer.body().truncated(),
				answer.headers().firstValue("Location").orElse(null), receipt, warning,
				asset().toDecimal(this.funds.left()));
	}

	private @Nullable Receipt receipt(PaymentReceipt paid) {
		return this.call.agreed().map((agreed) -> Receipt.of(paid, agreed, asset())).orElse(null);
	}

	private Refusal refused(PaymentEvent.Refused refused) {
		Refusal refusal;
		if (USED_UP.contains(refused.reason())) {
			refusal = Refusal.of(RefusalCode.BUDGET_EXHAUSTED, "the session does not reach for it; nothing was paid");
		}
		else if (ENDED.contains(refused.reason())) {
			refusal = Refusal.of(RefusalCode.SESSION_ENDED,
					"the session is over; nothing was paid. The user has to close it before another one is opened");
		}
		else {
			refusal = Refusal.of(RefusalCode.PAYMENT_REFUSED,
					"the server did not take the payment; by its word nothing was settled");
		}
		return costing(refusal.because(refused.reason()), this.call.agreed().map((asked) -> asked.baseUnits()), null);
	}

	private Refusal unknown(PaymentEvent.Unknown unknown) {
		return Refusal
			.of(RefusalCode.PAYMENT_UNKNOWN,
					"a payment was sent and it is not known whether it was settled. The same call with the same "
							+ "idempotency_key is charged once, where the server takes keys; without one, ask the user "
							+ "before paying again")
			.perhapsCharged(asset().toDecimal(unknown.amount()), asset().symbol());
	}

	private Refusal declined(PaymentEvent.Declined declined) {
		Optional<BigInteger> price = Optional.ofNullable(declined.asked())
			.filter(this.funds.plan()::isOurs)
			.flatMap((asked) -> BaseUnits.read(asked.amount()));
		String why = (declined.why() != null) ? ": " + declined.why() : "";
		return switch (declined.reason()) {
			case UNREADABLE -> notX402();
			case PRICE ->
				costing(Refusal.of(RefusalCode.PRICE_ABOVE_LIMIT, "it costs more than this call may; nothing was paid"),
						price, this.call.most());
			case BUDGET ->
				costing(Refusal.of(RefusalCode.BUDGET_EXHAUSTED, "the budget does not reach for it; nothing was paid"),
						price, this.funds.left());
			case NO_SESSION, PAYER_FAILED, STOPPED ->
				costing(Refusal.of(RefusalCode.NO_FUNDS, "there is no money for it, and nothing was paid" + why), price,
						null);
			default ->
				costing(Refusal.of(RefusalCode.TERMS_NOT_PAYABLE, "the user's options allow none of the ways to pay ("
						+ word(declined.reason()) + "); nothing was paid" + why), price, null);
		};
	}

	private static String word(DeclineReason reason) {
		return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private Refusal costing(Refusal refusal, Optional<BigInteger> price, @Nullable BigInteger limit) {
		return price
			.map((amount) -> refusal.costing(asset().toDecimal(amount),
					(limit != null) ? asset().toDecimal(limit) : null, asset().symbol()))
			.orElse(refusal);
	}

	private static Refusal notX402() {
		return Refusal.of(RefusalCode.NOT_X402, "the server wants to be paid but does not say how by x402");
	}

	private Asset asset() {
		return this.funds.plan().asset();
	}

}
