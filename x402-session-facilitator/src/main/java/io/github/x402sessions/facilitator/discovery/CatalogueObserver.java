package io.github.x402sessions.facilitator.discovery;

/**
 * Hears what became of declarations. Implementations are thread-safe.
 */
public interface CatalogueObserver {

	/**
	 * Hear of one.
	 * @param outcome what became of it
	 */
	void ended(Outcome outcome);

	/** The end of a declaration. */
	enum Outcome {

		/** It is listed, anew or again. */
		LISTED,

		/** A rule refused it, or a limit. */
		REJECTED,

		/** There were too many at once; the next payment brings it again. */
		DROPPED,

		/** The books failed; the next payment brings it again. */
		FAILED

	}

}
