package io.github.x402sessions.devnet.network;

import io.github.x402sessions.devnet.transaction.Rejection;

/**
 * The answer to a submitted transaction.
 */
public sealed interface SubmissionResult {

	/**
	 * It waits for the next ledger.
	 */
	record Pending() implements SubmissionResult {
	}

	/**
	 * It waits already.
	 */
	record Duplicate() implements SubmissionResult {
	}

	/**
	 * It cannot wait now: its source has another one waiting, or it was taken before.
	 */
	record TryAgainLater() implements SubmissionResult {
	}

	/**
	 * It is wrong.
	 *
	 * @param why what is wrong
	 */
	record Refused(Rejection why) implements SubmissionResult {
	}

	/**
	 * It may have been taken, but the sender is not told: a fault on demand.
	 */
	record AnswerLost() implements SubmissionResult {
	}

}
