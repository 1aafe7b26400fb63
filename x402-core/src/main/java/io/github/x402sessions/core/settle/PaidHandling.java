package io.github.x402sessions.core.settle;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

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

	/**
	 * Tell whether to reach the commit point may ask a facilitator. If not, it waits at
	 * most for what is {@link #underWay}.
	 * @param status the status that the handler answers with
	 * @param early whether it is {@link #reachedEarly} that is called next
	 * @return whether it may
	 */
	boolean asks(int status, boolean early);

	/**
	 * Tell whether a settlement has begun.
	 * @return whether the money may move, or has
	 */
	boolean isStarted();

	/**
	 * Return when the settlement that has begun, if any, is over.
	 * @return completes then, and never fails
	 */
	CompletionStage<@Nullable Void> underWay();

}
