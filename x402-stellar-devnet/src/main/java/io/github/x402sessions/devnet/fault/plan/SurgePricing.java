package io.github.x402sessions.devnet.fault.plan;

/**
 * Ledgers that other transactions fill: a lower bid than theirs waits.
 *
 * @param ledgers how many are still to come
 * @param clearingFee stroops for each operation that everybody pays in such a ledger, and
 * has to bid
 * @param queueFee stroops for each operation below which a transaction may not even wait
 */
public record SurgePricing(int ledgers, long clearingFee, long queueFee) {

	/** No surge: ledgers have room. */
	public static final SurgePricing NONE = new SurgePricing(0, 0, 0);

	private static final long HIGHEST_FEE = 1_000_000_000;

	public SurgePricing {
		Countdown.notNegative("ledgers", ledgers);
		if (queueFee < 0 || queueFee > clearingFee || clearingFee > HIGHEST_FEE) {
			throw new IllegalArgumentException(
					"not 0 <= queueFee <= clearingFee <= " + HIGHEST_FEE + ": " + queueFee + " and " + clearingFee);
		}
	}

	SurgePricing afterLedger() {
		return (this.ledgers > 1) ? new SurgePricing(this.ledgers - 1, this.clearingFee, this.queueFee) : NONE;
	}

}
