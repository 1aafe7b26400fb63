package io.github.x402sessions.facilitator.settlement.tracking;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.Submission;

/**
 * Consequences of a node's refusal of one transaction for the next. The refused one may
 * still land elsewhere. Thread-safe.
 *
 * @param fees learns which bids were too low
 * @param transfers learns that resources were priced wrong
 */
public record RejectionEffects(FeePolicy fees, SpenderTransfers transfers) {

	/**
	 * Learn from a refusal; to be told of each transaction once.
	 * @return whether there was something to learn
	 */
	boolean learn(Submission answer) {
		if (answer.isInsufficientFee()) {
			this.fees.refused();
			return true;
		}
		if (answer.isSorobanInvalid()) {
			this.transfers.forgetAll();
			return true;
		}
		return false;
	}

}
