package io.github.x402sessions.spring.observation;

/**
 * The outcome of a request for a priced route, of a verification or of a settlement.
 */
public enum PaymentOutcome {

	/** No payment came, or none that buys the route: it was asked for. */
	CHALLENGED,

	/** It was decided by a listener that the request is free. */
	GRANTED,

	/** The answer was paid for before and was sent again. */
	REPLAYED,

	/** The payment is good, but nothing was charged: the handler failed or waived it. */
	NOT_CHARGED,

	/** The payment was verified. */
	VERIFIED,

	/** What may be charged is held. */
	HELD,

	/** Nothing is held: the payment is settled as ever. */
	NOT_HELD,

	/** The money moved. */
	SETTLED,

	/** The payment or the settlement was refused, or the request itself. */
	REFUSED,

	/** The money did not move, because the facilitator was not reached. */
	NOT_MADE,

	/** The facilitator names a transaction that has paid for something else. */
	NOT_PROVEN,

	/** The money may or may not have moved. */
	UNKNOWN,

	/** The money moved, and then the handler failed. */
	PAID_BUT_FAILED,

	/** It ended in an error. */
	FAILED

}
