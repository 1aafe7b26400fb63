package io.github.x402sessions.facilitator.session.registration;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a session may not be registered. The message says which rule is broken.
 */
public final class RegistrationException extends X402Exception {

	private final Kind kind;

	private final @Nullable String approval;

	private RegistrationException(String message, Kind kind, @Nullable String approval) {
		super(message, null);
		this.kind = kind;
		this.approval = approval;
	}

	static RegistrationException refused(String message) {
		return new RegistrationException(message, Kind.REFUSED, null);
	}

	static RegistrationException conflict(String message) {
		return new RegistrationException(message, Kind.CONFLICT, null);
	}

	/**
	 * Refuse what may do better in a moment.
	 * @param message why it does not now
	 * @return the refusal
	 */
	public static RegistrationException notNow(String message) {
		return new RegistrationException(message, Kind.NOT_NOW, null);
	}

	/**
	 * The payer's approve is on its way, and registering it may do better in a moment.
	 */
	static RegistrationException onItsWay(String message, String approval) {
		return new RegistrationException(message, Kind.NOT_NOW, approval);
	}

	/**
	 * Return the hash of the approval that was sent for the payer.
	 * @return 64 hex digits, or {@code null} if none was
	 */
	public @Nullable String approvalTxHash() {
		return this.approval;
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
