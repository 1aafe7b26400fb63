package io.github.x402sessions.devnet.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The treatment of authorization in a simulation: recorded, or enforced as given.
 */
public enum AuthMode {

	/** Check if the operation carries authorization, find out otherwise. */
	DEFAULT,

	/** Check. */
	ENFORCE,

	/** Find out, for the call itself. */
	RECORD,

	/** Find out, for calls within the call as well. */
	RECORD_ALLOW_NONROOT;

	/**
	 * Reads the request's {@code authMode}.
	 * @return the mode, or {@code null} if there is none of that name
	 */
	public static @Nullable AuthMode named(@Nullable String name) {
		if (name == null || name.isEmpty()) {
			return DEFAULT;
		}
		return switch (name) {
			case "enforce" -> ENFORCE;
			case "record" -> RECORD;
			case "record_allow_nonroot" -> RECORD_ALLOW_NONROOT;
			default -> null;
		};
	}

}
