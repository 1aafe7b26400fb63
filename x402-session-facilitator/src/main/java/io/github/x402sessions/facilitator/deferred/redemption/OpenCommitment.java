package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
	 * Return the commitments of each spender: a transaction takes one allowance.
	 * @param commitments the commitments, the oldest first
	 * @return those of each, those of the oldest one's spender first
	 */
	static List<List<OpenCommitment>> bySpender(List<OpenCommitment> commitments) {
		Map<String, List<OpenCommitment>> bySpender = new LinkedHashMap<>();
		commitments
			.forEach((commitment) -> bySpender.computeIfAbsent(commitment.spender(), (spender) -> new ArrayList<>())
				.add(commitment));
		return List.copyOf(bySpender.values());
	}

	static BigInteger sum(List<OpenCommitment> commitments) {
		return commitments.stream().map(OpenCommitment::amount).reduce(BigInteger.ZERO, BigInteger::add);
	}

}
