package io.github.x402sessions.mcp;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Takes part in the life of calls of priced tools. All methods have defaults that change
 * nothing. An exception from {@link #onCall} fails the call; exceptions from the others
 * are logged, because the money has its own course. Implementations are thread-safe.
 */
public interface ToolPaymentListener extends SettlementListener {

	/**
	 * A call of a priced tool came; nothing was decided yet.
	 * @param call the call
	 * @param tool what it costs
	 * @return whether to charge, to serve it free or to refuse it
	 */
	default Access onCall(ToolCall call, PricedRoute tool) {
		return Access.CHARGE;
	}

	/**
	 * A payment was verified; its tool runs next.
	 * @param call the call
	 * @param payment the payment
	 */
	default void onVerified(ToolCall call, Payment payment) {
	}

	/**
	 * A client has asked again, with the same payment identifier, for a result that it
	 * paid for before: it gets that result, and the tool does not run.
	 * @param call the call
	 * @param tool what it costs
	 */
	default void onReplayed(ToolCall call, PricedRoute tool) {
	}

	/**
	 * A call is over: its result leaves next.
	 * @param call the call
	 * @param tool what it costs
	 * @param refusal why the client gets no result of the tool, {@code payment_required}
	 * if it was asked for a payment; {@code null} if it gets one, be it an error
	 */
	default void onAnswered(ToolCall call, PricedRoute tool, @Nullable String refusal) {
	}

}
