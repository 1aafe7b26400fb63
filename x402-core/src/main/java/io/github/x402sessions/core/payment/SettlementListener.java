package io.github.x402sessions.core.payment;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;

/**
 * Hears of the money that is charged for calls, whatever they came by. All methods have
 * defaults that change nothing. Exceptions are logged, because the money has its own
 * course, but for those of {@link #onDeferralEnded}. Implementations are thread-safe.
 */
public interface SettlementListener {

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
	 * @param status the HTTP status that the handler answered with; 500 if it threw, and
	 * where calls have no status
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

}
