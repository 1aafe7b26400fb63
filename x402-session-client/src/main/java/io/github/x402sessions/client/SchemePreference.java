package io.github.x402sessions.client;

/**
 * The kind of payment that an {@link X402Client} prefers where a server takes several.
 */
public enum SchemePreference {

	/**
	 * With a session that is open and has enough left; else by {@code exact}; else with a
	 * session that is opened for it, if the client may open any.
	 */
	AUTO,

	/** With sessions only, which are opened where they are missing. */
	SESSION,

	/** By {@code exact} only: a signature for each call. */
	EXACT

}
