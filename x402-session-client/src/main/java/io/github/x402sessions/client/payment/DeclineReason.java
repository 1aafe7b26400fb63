package io.github.x402sessions.client.payment;

/**
 * Reason for which this client did not pay what a server asked. The 402 went to the
 * caller as it was. In the order of how close it came to a payment.
 */
public enum DeclineReason {

	/** No session could be opened for the recipient. */
	NO_SESSION,

	/** The challenge is missing, too long or makes no sense. */
	UNREADABLE,

	/** The server's origin was not allowed. */
	ORIGIN,

	/** The server takes no payment of the kind that this payer makes. */
	SCHEME,

	/** The server wants money on another network. */
	NETWORK,

	/** The server wants another asset. */
	ASSET,

	/** The server wants the money to go to somebody else. */
	RECIPIENT,

	/** The server's facilitator is another one. */
	FACILITATOR,

	/** The payer would have to pay the fee of a payment that it does not send. */
	FEES,

	/** What would be signed could be used for longer than the caller allows. */
	TIMEOUT,

	/** The price is no whole number, nothing, or more than one call may cost. */
	PRICE,

	/**
	 * The payment would have to be signed for a URL of another origin than the one that
	 * was called, which is what a server does that passes on another's challenge.
	 */
	RESOURCE_ORIGIN,

	/**
	 * The payment would have to be signed for a URL that is longer than 2048 characters
	 * or has others than printable ASCII.
	 */
	RESOURCE_URL,

	/**
	 * The server's signature under its offer is wrong, or there is none that can be
	 * checked although it is required.
	 */
	OFFER,

	/** The budget of the period is used up, or is in another asset. */
	BUDGET,

	/** Whoever has to agree to a payment of that amount did not, or not in time. */
	NOT_APPROVED,

	/** The body of the request cannot be sent a second time. */
	BODY,

	/** What would have to be repeated of the challenge makes the payment too long. */
	TOO_LONG,

	/** The terms were met at once and the server asks for the same again. */
	PAID_BEFORE,

	/** A payer failed to answer, and no other one may pay in its place. */
	PAYER_FAILED,

	/** Paying was stopped: the session is closed, or a server took more than it asked. */
	STOPPED

}
