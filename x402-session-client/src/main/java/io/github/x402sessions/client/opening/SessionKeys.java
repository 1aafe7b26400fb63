package io.github.x402sessions.client.opening;

/**
 * Choice of whether sessions have a key that signs each payment, so that a payment that
 * somebody else gets hold of buys at most the call that it was made for.
 */
public enum SessionKeys {

	/** With a key wherever the facilitator takes one. */
	PREFERRED,

	/** With a key, or no session is opened. */
	REQUIRED,

	/** Without a key: who sees a payment can use the session. */
	NONE

}
