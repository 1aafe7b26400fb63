package io.github.x402sessions.client.payment.consent;

/**
 * Asked before a tool's call is paid that costs more than some amount: a person, or a
 * policy. Called in a thread of its own, of which many may run at once; it is interrupted
 * where its answer is too late to count. A failure counts as a no.
 */
@FunctionalInterface
public interface PaymentApproval {

	/**
	 * Tell whether to pay.
	 * @param request what would be paid for, and with how much
	 * @return whether the payment may be made
	 * @throws InterruptedException if the answer came too late
	 */
	boolean approve(ApprovalRequest request) throws InterruptedException;

}
