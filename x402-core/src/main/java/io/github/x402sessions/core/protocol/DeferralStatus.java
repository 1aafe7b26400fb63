package io.github.x402sessions.core.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * The state of a payment that a facilitator has committed itself to settle later on.
 */
public enum DeferralStatus {

	/** The most that it may cost is set aside; what it does cost is not known yet. */
	HELD,

	/** What was held is given back: nothing was charged. */
	RELEASED,

	/** The facilitator has committed itself; no transaction carries the payment. */
	COMMITTED,

	/** A transaction is on its way; it may still give the payment back. */
	SUBMITTED,

	/** A ledger has the transaction: the money moved. */
	CONFIRMED,

	/** The payer could not pay by the ledger's word; it may be collected later on. */
	DEFAULTED,

	/** It was not paid while its session lasted; nobody collects it any more. */
	WRITTEN_OFF;

	/**
	 * Read a state on the wire.
	 * @param name its name, such as {@code written_off}
	 * @return the state, or empty if it is none of these
	 */
	public static Optional<DeferralStatus> of(String name) {
		for (DeferralStatus status : values()) {
			if (status.wireName().equals(name)) {
				return Optional.of(status);
			}
		}
		return Optional.empty();
	}

	/**
	 * Return the name on the wire.
	 * @return the name, such as {@code written_off}
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return whether the facilitator still owes it, or may yet.
	 * @return {@code true} as long as it is neither paid nor known not to be
	 */
	public boolean isOpen() {
		return this == HELD || this == COMMITTED || this == SUBMITTED;
	}

}
