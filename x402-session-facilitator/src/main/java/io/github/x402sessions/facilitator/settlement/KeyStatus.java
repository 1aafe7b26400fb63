package io.github.x402sessions.facilitator.settlement;

/**
 * The status of a payment's key: whether it was made before.
 */
public enum KeyStatus {

	/** Nothing is being paid or was paid that this would repeat. */
	FREE,

	/** The same payment is being made or was made; its outcome is still to be told. */
	SAME,

	/** The same payment was made, and the one who asks may not be told again. */
	TOLD,

	/** Another payment is being made or was made under its identifier or alias. */
	OTHER

}
