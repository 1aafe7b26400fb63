package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A commitment that is in no transaction.
 *
 * @param id its name
 * @param account the name of the account that it draws on
 * @param spender who takes what the payer has allowed for it
 * @param amount what is to be paid, base units
 * @param lastLedger the last ledger in which the account can pay
 * @param openedIn the ledger in which the account was opened
 * @param fundedIn the ledger by which the payer had the amount; 0 where that is not known
 */
public record OpenCommitment(String id, String account, String spender, BigInteger amount, long lastLedger,
		long openedIn, long fundedIn) {

	/**
	 * Return the first commitments, as many as an amount covers.
	 * @param commitments the commitments, the oldest first
	 * @param amount the amount, base units
	 */
	static List<OpenCommitment> covered(List<OpenCommitment> commitments, BigInteger amount) {
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

	/**
	 * Return those of one spender: a transaction takes one payer's allowance for one. The
	 * others come after it.
	 * @param commitments the commitments, the oldest first
	 * @return those that the oldest one's spender takes
	 */
	static List<OpenCommitment> ofOneSpender(List<OpenCommitment> commitments) {
		return commitments.stream()
			.filter((commitment) -> commitment.spender().equals(commitments.get(0).spender()))
			.toList();
	}

	static BigInteger sum(List<OpenCommitment> commitments) {
		return commitments.stream().map(OpenCommitment::amount).reduce(BigInteger.ZERO, BigInteger::add);
	}

}
