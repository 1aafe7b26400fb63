package io.github.x402sessions.core.terms;

/**
 * The time at which a verified payment is settled. Whatever the timing, nothing of an
 * answer leaves before the settlement is known to have succeeded, or to be somebody's
 * commitment.
 */
public enum SettlementTiming {

	/**
	 * When the first byte of a successful answer would leave. A handler that fails costs
	 * nothing.
	 */
	AT_COMMIT,

	/**
	 * Before the handler runs: for work that is too dear to do unpaid. A handler that
	 * fails has been paid for.
	 */
	BEFORE_HANDLER,

	/**
	 * While the handler runs: the answer is as late as the later of the two, not as their
	 * sum. A handler that fails has been paid for.
	 */
	DURING_HANDLER,

	/**
	 * At the same time as {@link #AT_COMMIT}, but as soon as the facilitator commits
	 * itself to have it settled, which takes no ledger: the server lends the payer the
	 * price until then. Where the facilitator does not, the payment is settled at commit.
	 */
	DEFERRED

}
