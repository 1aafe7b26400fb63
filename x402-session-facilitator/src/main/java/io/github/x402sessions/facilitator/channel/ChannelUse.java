package io.github.x402sessions.facilitator.channel;

/**
 * The uses that channels are kept for, so that neither keeps the other from one.
 */
public enum ChannelUse {

	/** Somebody waits for the payment. It takes any channel that is not kept. */
	CALL,

	/**
	 * Nobody waits. It has the channels that are kept for it, and others while no call
	 * waits for one.
	 */
	LATER

}
