package io.github.x402sessions.facilitator.deferred;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import org.jspecify.annotations.Nullable;

/**
 * The result of an order to commit.
 *
 * @param kind what was done
 * @param balance what the account has after a commitment; absent where there is none
 */
record CommitmentResult(Kind kind, @Nullable FundingBalance balance) {

	static final CommitmentResult AT_ONCE = new CommitmentResult(Kind.AT_ONCE, null);

	static final CommitmentResult LIMITED = new CommitmentResult(Kind.LIMITED, null);

	static final CommitmentResult WITHDRAWN = new CommitmentResult(Kind.WITHDRAWN, null);

	static CommitmentResult committed(FundingBalance balance) {
		return new CommitmentResult(Kind.COMMITTED, balance);
	}

	/** What was done. */
	enum Kind {

		/** It is committed, and on disk. */
		COMMITTED,

		/** Nothing: it has to settle at once. */
		AT_ONCE,

		/** Nothing: its recipient may be paid no more now. */
		LIMITED,

		/** Nothing, and nothing will be: its turn did not come. */
		WITHDRAWN

	}

}
