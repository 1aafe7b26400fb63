package io.github.x402sessions.facilitator.settlement;

/**
 * Whether a payment identifier is taken.
 */
public enum KeyUse {

	/** Nothing is being paid or was paid under it. */
	FREE,

	/** The same payment is being made or was made. */
	SAME,

	/** Another payment is being made or was made. */
	OTHER

}
