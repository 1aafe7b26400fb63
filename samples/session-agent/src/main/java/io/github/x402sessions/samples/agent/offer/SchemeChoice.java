package io.github.x402sessions.samples.agent.offer;

import java.util.List;
import java.util.Locale;

import io.github.x402sessions.samples.agent.failure.WrongOptionException;

/**
 * By which scheme to pay.
 */
public enum SchemeChoice {

	/** From a session. */
	SESSION,

	/** Call by call. */
	EXACT,

	/** Call by call where the server takes that, else from a session. */
	AUTO;

	/**
	 * Read an option's value.
	 * @throws WrongOptionException if it is none of these
	 */
	public static SchemeChoice of(String text) {
		for (SchemeChoice choice : values()) {
			if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
				return choice;
			}
		}
		throw new WrongOptionException("--scheme", "must be session, exact or auto");
	}

	/** The schemes, the preferred first. */
	public List<String> schemes() {
		return switch (this) {
			case SESSION -> List.of("session");
			case EXACT -> List.of("exact");
			case AUTO -> List.of("exact", "session");
		};
	}

}
