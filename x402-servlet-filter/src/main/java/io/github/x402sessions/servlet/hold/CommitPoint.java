package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Is asked once, at the moment when the first byte of a held response would leave,
 * whether it may.
 */
public interface CommitPoint {

	/**
	 * Settle what is to be settled.
	 * @param status the status that the handler answers with
	 * @return what to add to the raw response's headers when the held ones are released;
	 * or empty if the raw response was answered otherwise and what is held is to be
	 * forgotten
	 * @throws IOException if the client has gone
	 */
	Optional<Consumer<HttpServletResponse>> reached(int status) throws IOException;

	/**
	 * A part of the answer would leave before the handler is done: tell whether it waits
	 * for the rest.
	 * @param status the status that the handler answers with
	 * @param full whether no more can be kept
	 * @return {@code true} to keep it and ask again, which cannot be if it is full;
	 * {@code false} to be {@link #reached} now
	 */
	default boolean waits(int status, boolean full) {
		return false;
	}

	/**
	 * Return who sees what of the answer leaves.
	 * @return one who may be another after {@link #waits}
	 */
	default DeliveryWatch delivery() {
		return DeliveryWatch.NONE;
	}

	/**
	 * Tell whether a failure of the handler is the end of an answer that is good as far
	 * as it goes.
	 * @param failure what the handler has thrown
	 * @return whether to go on as if it had returned
	 */
	default boolean isEnd(Throwable failure) {
		return false;
	}

	/**
	 * Nothing of what the handler answers will leave: it has failed, or it has not
	 * answered in time. The container answers.
	 */
	default void abandoned() {
	}

	/** The handler failed after the release; a part of its answer may have left. */
	default void brokenOff() {
	}

	/** Take back what the raw response was given before the settlement. */
	default void withdraw() {
	}

	/**
	 * The release failed after the commit point had allowed it.
	 * @param failure the failure, which the container will answer
	 */
	default void undelivered(Exception failure) {
	}

}
