package io.github.x402sessions.core.settle;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.x402sessions.core.challenge.OwnAnswer;

/**
 * Decides, at the moment when the first byte of a held response would leave, whether it
 * may. All but {@link #delivery} is called under the lock of that response.
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
	Optional<Consumer<OwnAnswer>> reached(int status) throws IOException;

	/**
	 * A part of the answer would leave before the handler is done: get what it needs for
	 * that, if anything, and tell whether it is to.
	 * @param status the status that the handler answers with
	 * @param full whether no more can be kept
	 * @return {@code true} to be {@link #reached} now; {@code false} to keep it and be
	 * told again, which cannot be if it is full
	 */
	default boolean reachedEarly(int status, boolean full) {
		return true;
	}

	/**
	 * Return who sees what of the answer leaves.
	 * @return one who may be another after {@link #reachedEarly}
	 */
	default DeliveryWatch delivery() {
		return DeliveryWatch.NONE;
	}

	/**
	 * Nothing of what the handler answers will leave: it has failed, or it has not
	 * answered in time. The container answers.
	 */
	default void abandoned() {
	}

	/**
	 * The answer is kept back after the commit point had allowed it, because another one
	 * may be given in its place: answer the raw response otherwise.
	 * @throws IOException if the client has gone
	 */
	default void withheld() throws IOException {
		throw new IOException("the answer is kept back");
	}

	/**
	 * The release failed after the commit point had allowed it.
	 * @param failure the failure, which the container will answer
	 */
	default void undelivered(Exception failure) {
	}

}
