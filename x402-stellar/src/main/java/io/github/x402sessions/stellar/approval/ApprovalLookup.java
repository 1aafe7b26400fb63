package io.github.x402sessions.stellar.approval;

/**
 * The result of looking up a transaction that is said to be an approval.
 */
public sealed interface ApprovalLookup {

	/**
	 * The chain applied it.
	 *
	 * @param approval what it says
	 */
	record Found(Approval approval) implements ApprovalLookup {
	}

	/** The node does not know it, or does not know it yet. */
	record NotFound() implements ApprovalLookup {
	}

	/**
	 * It is something else.
	 *
	 * @param reason what it is, in a sentence
	 */
	record Other(String reason) implements ApprovalLookup {
	}

}
