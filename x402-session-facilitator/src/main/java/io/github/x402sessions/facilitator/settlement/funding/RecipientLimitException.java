package io.github.x402sessions.facilitator.settlement.funding;

/**
 * A payment would be more than its recipient may be paid now. Nothing was set aside for
 * it.
 */
public final class RecipientLimitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Create it. */
	public RecipientLimitException() {
		super("the recipient may be paid no more today", null, false, false);
	}

}
