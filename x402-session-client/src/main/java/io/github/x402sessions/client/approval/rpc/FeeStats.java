package io.github.x402sessions.client.approval.rpc;

import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * The answer to {@code getFeeStats}.
 *
 * @param sorobanInclusionFee what calls of contracts bid of late
 */
public record FeeStats(Inclusion sorobanInclusionFee) {

	public FeeStats {
		if (sorobanInclusionFee == null) {
			throw new MalformedMessageException("'sorobanInclusionFee' is missing");
		}
	}

	public long usualBid() {
		return RpcNumber.read("p90", this.sorobanInclusionFee.p90());
	}

	/**
	 * Bids for a place in a ledger.
	 *
	 * @param p90 what nine of ten bid at most, stroops, as a string or as a number
	 */
	record Inclusion(Object p90) {
	}

}
