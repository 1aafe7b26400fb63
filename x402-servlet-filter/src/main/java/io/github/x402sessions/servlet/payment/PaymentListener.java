package io.github.x402sessions.servlet.payment;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Takes part in the life of paid requests. All methods have defaults that change nothing.
 * An exception from {@link #onRequest} fails the request; exceptions from the others are
 * logged, because the money has its own course, but for {@link #onDeferralEnded}.
 * Implementations are thread-safe.
 */
public interface PaymentListener {

	/**
	 * A request for a priced route came; nothing was decided yet.
	 * @param request the request
	 * @param route what it costs
	 * @return whether to charge, to serve it free or to refuse it
	 */
	default Access onRequest(HttpServletRequest request, PricedRoute route) {
		return Access.CHARGE;
	}

	/**
	 * A payment was verified; its handler runs next.
	 * @param request the request
	 * @param payment the payment
	 */
	default void onVerified(HttpServletRequest request, Payment payment) {
	}

	/**
	 * A client has asked again, with the same payment identifier, for an answer that it
	 * paid for before: it gets that answer, and no handler runs.
	 * @param request the request
	 * @param route what it costs
	 */
	default void onReplayed(HttpServletRequest request, PricedRoute route) {
	}

	/**
	 * A payment is about to be settled. One that is charged step by step is when its
	 * answer ends, on a thread of its own.
	 * @param payment the payment, with its final charge
	 */
	default void beforeSettle(Payment payment) {
	}

	/**
	 * A payment was settled, or its facilitator has committed itself to settle it: then
	 * its receipt names a {@link SettleResponse#commitment()}.
	 * @param payment the payment
	 * @param receipt the facilitator's receipt
	 */
	default void onSettled(Payment payment, SettleResponse receipt) {
	}

	/**
	 * A settlement was refused or its outcome is unknown ({@code errorReason}
	 * {@code settlement_unknown}), it was not made ({@code settlement_not_made}) or its
	 * transaction had paid for something else before ({@code transaction_reused}); the
	 * handler's answer was withheld, unless it was {@link MeteredPayment charged step by
	 * step} and has streamed.
	 * @param payment the payment
	 * @param failure the failure
	 */
	default void onSettlementFailed(Payment payment, SettleResponse failure) {
	}

	/**
	 * The money moved, and then the handler failed: it was settled before or beside its
	 * work, or has begun to stream its answer. The payer has the handler's answer or the
	 * container's, with the receipt unless a part had left before. A refund is the
	 * application's decision. Clients that go away raise no such event.
	 * @param payment the payment
	 * @param receipt the facilitator's receipt
	 * @param status the status that the handler answered with; 500 if it threw
	 */
	default void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
	}

	/**
	 * A deferred payment has ended: a ledger has it, the payer could not pay it, or it is
	 * given up. What the payer could not pay may be confirmed or given up later on. Told
	 * at least once, on a thread of its own, and only where a
	 * {@link io.github.x402sessions.core.facilitator.notice.DeferralWatch} follows what
	 * facilitators show; in the Spring Boot starter one does where a route defers. After
	 * an exception it is told again.
	 * @param recipient the address that is paid
	 * @param notice the payment, by the id that its receipt named as the transaction;
	 * {@link SettlementNotice#deferral()} tells how it has ended
	 */
	default void onDeferralEnded(String recipient, SettlementNotice notice) {
	}

	/** The access that a request for a priced route gets. */
	enum Access {

		/** It is charged. */
		CHARGE,

		/** It is served free of charge. */
		GRANT,

		/** It is refused with status 403. */
		DENY

	}

}
