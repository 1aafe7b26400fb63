package io.github.x402sessions.facilitator.settlement.funding;

/**
 * A payment would be more than its recipient may be paid now. Nothing is set aside for
 * it.
 */
public final class RecipientLimitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean mayHaveCost;

	/** Create it for a payment of which nothing was tried. */
	public RecipientLimitException() {
		this("the recipient may be paid no more today", false);
	}

	private RecipientLimitException(String message, boolean mayHaveCost) {
		super(message, null, false, false);
		this.mayHaveCost = mayHaveCost;
	}

	/**
	 * Return one for a payment that was tried before: others have used up meanwhile what
	 * the try has given back.
	 * @return the exception
	 */
	public static RecipientLimitException afterATry() {
		return new RecipientLimitException(
				"a transaction has paid nothing, and the recipient may be paid no more today", true);
	}

	/** Return whether a transaction may have cost a fee, though it has paid nothing. */
	public boolean mayHaveCost() {
		return this.mayHaveCost;
	}

}
