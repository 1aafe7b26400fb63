package io.github.x402sessions.client.approval;

/**
 * The fate of an approval that was sent.
 */
public sealed interface ApprovalOutcome {

	/**
	 * It is on the ledger and succeeded.
	 *
	 * @param ledger the ledger it is in
	 */
	record Approved(long ledger) implements ApprovalOutcome {
	}

	/**
	 * It took no effect and never will.
	 *
	 * @param reason why
	 */
	record Refused(String reason) implements ApprovalOutcome {
	}

	/**
	 * It may or may not take effect.
	 *
	 * @param reason why that is not known
	 */
	record Unknown(String reason) implements ApprovalOutcome {
	}

}
