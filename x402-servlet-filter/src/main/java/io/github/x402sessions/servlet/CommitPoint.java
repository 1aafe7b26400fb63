package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Is asked once, at the moment when the first byte of a held response would leave,
 * whether it may.
 */
interface CommitPoint {

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
	 * The handler failed with an exception, which the container will answer.
	 */
	default void abandoned() {
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
