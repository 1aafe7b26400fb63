package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the commitments that an amount covers.
 */
final class Covered {

	/** No balance of a Stellar asset is larger. */
	static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	private Covered() {
	}

	/**
	 * Return the first commitments, as many as an amount covers.
	 * @param commitments the commitments, the oldest first
	 * @param amount the amount, base units
	 */
	static List<OpenCommitment> by(List<OpenCommitment> commitments, BigInteger amount) {
		List<OpenCommitment> covered = new ArrayList<>();
		BigInteger left = amount;
		for (OpenCommitment commitment : commitments) {
			left = left.subtract(commitment.amount());
			if (left.signum() < 0) {
				break;
			}
			covered.add(commitment);
		}
		return covered;
	}

	static BigInteger sum(List<OpenCommitment> commitments) {
		return commitments.stream().map(OpenCommitment::amount).reduce(BigInteger.ZERO, BigInteger::add);
	}

}
