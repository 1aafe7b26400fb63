package io.github.x402sessions.samples.agent.mcp;

import java.util.Locale;

/**
 * Reason for which a tool does not do what it was asked for, as programs read it.
 */
enum RefusalCode {

	/** An argument is missing, or cannot be used. */
	INVALID_REQUEST,

	/** The URL is none of a server that the user allows. Nothing was sent. */
	ORIGIN_NOT_ALLOWED,

	/** There is no answer, or none in time. Nothing was paid. */
	NO_ANSWER,

	/** There is no catalogue, or it gives no answer that makes sense. */
	CATALOGUE_UNAVAILABLE,

	/** The server wants money, but does not say by x402 how much. */
	NOT_X402,

	/** The server takes no payment that the user's options allow. */
	TERMS_NOT_PAYABLE,

	/** It costs more than this call may. */
	PRICE_ABOVE_LIMIT,

	/** The budget, or the session, does not reach for it. */
	BUDGET_EXHAUSTED,

	/** The session is over; the user has to close it before another one is opened. */
	SESSION_ENDED,

	/** There is no money: no session could be opened, or no key is there to sign. */
	NO_FUNDS,

	/** A payment was sent and the server says that it was not settled. */
	PAYMENT_REFUSED,

	/** A payment was sent and it is not known whether it was settled. */
	PAYMENT_UNKNOWN,

	/** The agent has failed. Nothing is known to be paid. */
	INTERNAL;

	/** As it is on the wire. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
