package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Asks whether a payment that the books allow would succeed on the chain: a payer may
 * have revoked, spent or lost what the session rests on. Thread-safe.
 *
 * @param watch ends sessions that the chain no longer carries
 * @param check knows what such a session is refused for
 * @param readiness knows how payer and recipient stand, without a call for every payment
 */
record OnChainCheck(AllowanceWatch watch, PaymentCheck check, TransferReadinessCache readiness) {

	/**
	 * Check a payment.
	 * @return the same payment, or why the chain would refuse it now
	 * @throws RpcException if the chain does not say: then nothing is payable
	 */
	Verdict check(Verdict.Payable payable) {
		Verdict.Refused over = this.check.over(this.watch.look(payable.session()));
		if (over != null) {
			return over;
		}
		TransferFailure failure = this.readiness.refusal(payable.session().terms().spenderParties(),
				payable.session().approvedIn(), payable.amount());
		return (failure != null) ? new Verdict.Refused(SettlementResponses.reason(failure), failure.sentence())
				: payable;
	}

}
