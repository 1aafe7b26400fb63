package io.github.x402sessions.facilitator.discovery;

/**
 * The result of listing something.
 */
public enum ListingResult {

	/** It is listed. */
	LISTED(""),

	/** Its origin is another's. */
	TAKEN("the origin is listed for another recipient"),

	/** It would be one too many. */
	FULL("too much is listed"),

	/** The operator has hidden it. */
	HIDDEN("the operator of this facilitator has hidden it");

	private final String reason;

	ListingResult(String reason) {
		this.reason = reason;
	}

	/**
	 * Return why it is not listed.
	 * @return a sentence; empty if it is
	 */
	public String reason() {
		return this.reason;
	}

}
