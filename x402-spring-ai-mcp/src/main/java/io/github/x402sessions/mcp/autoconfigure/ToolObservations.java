package io.github.x402sessions.mcp.autoconfigure;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.mcp.ToolCall;
import io.github.x402sessions.mcp.ToolPaymentListener;
import io.github.x402sessions.spring.observation.Observations;
import io.github.x402sessions.spring.observation.ObservedPayment;
import io.github.x402sessions.spring.observation.PaymentOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Observes calls of priced tools as requests for priced routes are.
 */
final class ToolObservations implements ToolPaymentListener {

	private final Observations observations;

	ToolObservations(Observations observations) {
		this.observations = observations;
	}

	@Override
	public Access onCall(ToolCall call, PricedRoute tool) {
		call.attributes().put(ObservedPayment.class, this.observations.begin(tool));
		return Access.CHARGE;
	}

	@Override
	public void onVerified(ToolCall call, Payment payment) {
		ObservedPayment observed = observed(call);
		if (observed != null) {
			observed.verified(payment);
		}
	}

	@Override
	public void onReplayed(ToolCall call, PricedRoute tool) {
		ObservedPayment observed = observed(call);
		if (observed != null) {
			observed.outcome(PaymentOutcome.REPLAYED);
		}
	}

	@Override
	public void onAnswered(ToolCall call, PricedRoute tool, @Nullable String refusal) {
		ObservedPayment observed = observed(call);
		if (observed != null) {
			observed.end(outcome(refusal), null);
		}
	}

	private static PaymentOutcome outcome(@Nullable String refusal) {
		if (refusal == null) {
			return PaymentOutcome.GRANTED;
		}
		return switch (refusal) {
			case "payment_required" -> PaymentOutcome.CHALLENGED;
			case "failed", "facilitator_unavailable", "facilitator_unusable", "route_not_payable" ->
				PaymentOutcome.FAILED;
			default -> PaymentOutcome.REFUSED;
		};
	}

	private static @Nullable ObservedPayment observed(ToolCall call) {
		return (ObservedPayment) call.attributes().get(ObservedPayment.class);
	}

}
