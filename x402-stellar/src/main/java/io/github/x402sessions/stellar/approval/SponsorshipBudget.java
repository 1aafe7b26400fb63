package io.github.x402sessions.stellar.approval;

/**
 * The budget for the fees of other people's approvals. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SponsorshipBudget {

	/**
	 * Count an approval, if it fits.
	 * @param payer who signed it
	 * @param approval its hash
	 * @param stroops what is bid for it
	 * @return whether it fits; one that was counted before does
	 */
	boolean take(String payer, String approval, long stroops);

}
