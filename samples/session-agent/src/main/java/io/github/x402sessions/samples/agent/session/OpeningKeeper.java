package io.github.x402sessions.samples.agent.session;

/**
 * Keeps what it takes to go on with an opening, before the approval is sent.
 */
@FunctionalInterface
public interface OpeningKeeper {

	/** For sessions that end with the process. */
	OpeningKeeper NONE = (opening) -> {
	};

	/**
	 * Keep it; what is thrown here keeps the approval from being sent.
	 * @param opening the opening, and the key of an account that was made for it
	 */
	void keep(KeptSession opening);

}
