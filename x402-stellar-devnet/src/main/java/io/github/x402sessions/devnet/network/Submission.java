package io.github.x402sessions.devnet.network;

import io.github.x402sessions.devnet.transaction.Rejection;

/**
 * What a sender is told about a transaction.
 */
public sealed interface Submission {

	/**
	 * It waits for the next ledger.
	 */
	record Pending() implements Submission {
	}

	/**
	 * It waits already.
	 */
	record Duplicate() implements Submission {
	}

	/**
	 * It cannot wait now: its source has another one waiting, or it was taken before.
	 */
	record TryAgainLater() implements Submission {
	}

	/**
	 * It is wrong.
	 *
	 * @param why what is wrong
	 */
	record Refused(Rejection why) implements Submission {
	}

	/**
	 * It may have been taken, but the sender is not told: a fault on demand.
	 */
	record AnswerLost() implements Submission {
	}

}
