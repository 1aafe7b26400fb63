package io.github.x402sessions.servlet.hold;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The end of a response without a body: an error or a redirect, which only the container
 * can send.
 *
 * @param location where to, or {@code null} for an error
 * @param action sends it
 */
record Ending(@Nullable String location, Action action) {

	static Ending error(Action action) {
		return new Ending(null, action);
	}

	static Ending redirect(String location, Action action) {
		return new Ending(location, action);
	}

	/** Sends an ending. */
	@FunctionalInterface
	interface Action {

		void on(HttpServletResponse raw) throws IOException;

	}

}
