package io.github.x402sessions.client.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a call, as its seller describes it.
 *
 * @param name its name
 * @param place where it goes
 * @param required whether there is no call without it
 * @param example a value that its seller gives as an example; {@code null} without one
 * @param description the seller's words on it, plain text; {@code null} without any
 */
public record CallParameter(String name, Place place, boolean required, @Nullable String example,
		@Nullable String description) {

	/** The places that a parameter has in a request. */
	public enum Place {

		/** A segment of the path, which the URL has {@code :name} for. */
		PATH,

		/** The query. */
		QUERY,

		/** A header. */
		HEADER

	}

}
