package io.github.x402sessions.client;

/**
 * How far the opening of a session has come.
 */
public enum OpeningStep {

	/** Asking who spends, and for what an approve needs. Nothing is signed. */
	PREPARING,

	/** Waiting for the signer. */
	SIGNING,

	/** Waiting for a ledger to take the approve. */
	WAITING_FOR_LEDGER,

	/** Telling the facilitator. */
	REGISTERING,

	/** The session can pay. */
	OPEN

}
