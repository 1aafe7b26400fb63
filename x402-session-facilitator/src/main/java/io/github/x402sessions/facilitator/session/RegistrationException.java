package io.github.x402sessions.facilitator.session;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a session may not be registered. The message says which rule is broken.
 */
public final class RegistrationException extends X402Exception {

	private final Kind kind;

	private RegistrationException(String message, Kind kind) {
		super(message, null);
		this.kind = kind;
	}

	static RegistrationException refused(String message) {
		return new RegistrationException(message, Kind.REFUSED);
	}

	static RegistrationException conflict(String message) {
		return new RegistrationException(message, Kind.CONFLICT);
	}

	static RegistrationException notNow(String message) {
		return new RegistrationException(message, Kind.NOT_NOW);
	}

	/**
	 * Tell whether another session stands in the way.
	 * @return whether one does
	 */
	public boolean isConflict() {
		return this.kind == Kind.CONFLICT;
	}

	/**
	 * Tell whether the same request may do better in a moment.
	 * @return whether it may
	 */
	public boolean isTemporary() {
		return this.kind == Kind.NOT_NOW;
	}

	private enum Kind {

		REFUSED, CONFLICT, NOT_NOW

	}

}
