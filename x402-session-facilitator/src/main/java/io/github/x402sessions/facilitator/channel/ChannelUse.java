package io.github.x402sessions.facilitator.channel;

/**
 * The uses that channels are kept for, so that neither keeps the other from one.
 */
public enum ChannelUse {

	/**
	 * Somebody waits for the payment. It takes any channel but those that are kept for
	 * what nobody waits for, and has some to itself, so that it does not have to wait for
	 * a ledger that ends what was taken before it came.
	 */
	CALL,

	/**
	 * Nobody waits. It has the channels that are kept for it, and of the others, while no
	 * call waits for one, those that calls do not have to themselves.
	 */
	LATER

}
