package io.github.x402sessions.core.settle;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Sees how much of an answer goes to its container, and how that ends. Methods are called
 * on the thread that writes, save for {@link #cutOff} and {@link #over}.
 */
public interface DeliveryWatch {

	/** Sees nothing. */
	DeliveryWatch NONE = new DeliveryWatch() {
	};

	/**
	 * More of the body is about to be written.
	 * @param length how much, bytes
	 * @throws IOException if it may not be
	 */
	default void writing(int length) throws IOException {
	}

	/** What was about to be written was. The container may keep some of it. */
	default void written() {
	}

	/** All that was written has left the container. */
	default void flushed() {
	}

	/** The container tells of an error. May be called from any thread. */
	default void cutOff() {
	}

	/**
	 * The client has gone: a write has failed. Not every container tells the handler, if
	 * it was not the container's thread that wrote.
	 * @return whether the rest of the answer is still of use, for a copy of it
	 */
	default boolean lost() {
		return true;
	}

	/** The handler is done, and all of its answer was written. */
	default void delivered() {
	}

	/**
	 * The exchange is over, however it has ended: nothing more is written. May be called
	 * from any thread, and again.
	 */
	default void over() {
	}

	/**
	 * Be {@link #delivered} or {@link #over}, without waiting as they may.
	 * @param whole whether all of the answer was written
	 * @return what they wait for; never fails
	 */
	default CompletionStage<@Nullable Void> ending(boolean whole) {
		return CompletableFuture.completedStage(null);
	}

}
