package io.github.x402sessions.stellar.exact;

/**
 * The word of the chain about a transfer that its payer has signed.
 */
public enum TransferFate {

	/** It was made. */
	MADE,

	/** It was not made, and never will be. */
	OVER,

	/** It may be made, or may have been made: the chain does not say. */
	OPEN

}
