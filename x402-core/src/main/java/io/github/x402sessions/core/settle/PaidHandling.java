package io.github.x402sessions.core.settle;

/**
 * The commit point of a paid request, which hears of its handler's failures too.
 */
public interface PaidHandling extends CommitPoint {

	/**
	 * The commit point could not be reached: take back what the raw response was given of
	 * the handler's answer.
	 */
	void withdraw();

	/**
	 * Tell whether a failure of the handler is the end of an answer that is good as far
	 * as it goes.
	 * @param failure what the handler has thrown
	 * @return whether to go on as if it had returned
	 */
	boolean isEnd(Throwable failure);

	/** The handler failed after the release; a part of its answer may have left. */
	void brokenOff();

}
