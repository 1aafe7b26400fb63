package io.github.x402sessions.client.opening;

/**
 * A step of the opening of a session.
 */
public enum OpeningStep {

	/** Asking who spends, and for what an approval needs. Nothing is signed. */
	PREPARING,

	/** Waiting for the signer. */
	SIGNING,

	/** Waiting for a ledger to take the approval. */
	WAITING_FOR_LEDGER,

	/** Telling the facilitator. */
	REGISTERING,

	/** The session can pay. */
	OPEN

}
