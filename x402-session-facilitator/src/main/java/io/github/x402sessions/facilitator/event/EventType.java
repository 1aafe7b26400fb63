package io.github.x402sessions.facilitator.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of events.
 */
public enum EventType {

	/**
	 * A session can pay from now on; also one that was known by another handle before, as
	 * long as its payer had not signed for it.
	 */
	SESSION_OPENED("session.opened"),

	/** A session pays nothing more, before its time and for good. */
	SESSION_ENDED("session.ended"),

	/** The money has moved: a ledger has the payment, whether it was deferred or not. */
	PAYMENT_SETTLED("payment.settled"),

	/** The payment will be settled later. */
	PAYMENT_COMMITTED("payment.committed"),

	/** The payer could not pay what was committed; it is tried again. */
	PAYMENT_DEFAULTED("payment.defaulted"),

	/** What was committed is given up. */
	PAYMENT_WRITTEN_OFF("payment.written_off"),

	/** A transaction was sent for the payment, and has moved nothing. */
	PAYMENT_FAILED("payment.failed"),

	/** What was told as settled is not, as an operator has found out. */
	PAYMENT_REVERSED("payment.reversed");

	private static final String SESSION = "session.";

	private final String wireName;

	EventType(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Return the name of the kind in messages and configurations.
	 * @return the name, such as {@code payment.settled}
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Find a kind.
	 * @param wireName its name, in any case
	 * @return the kind, or empty if there is none of that name
	 */
	public static Optional<EventType> of(String wireName) {
		String name = wireName.trim().toLowerCase(Locale.ROOT);
		return Arrays.stream(values()).filter((type) -> type.wireName.equals(name)).findFirst();
	}

	/**
	 * Tell whether it is about a session and not about a payment.
	 * @return whether it is
	 */
	public boolean isAboutSession() {
		return this.wireName.startsWith(SESSION);
	}

}
