package io.github.x402sessions.facilitator.settlement.repository;

/**
 * The result of reserving money for a payment.
 */
public sealed interface Reservation {

	/**
	 * The amount is set aside.
	 *
	 * @param settlement the settlement
	 */
	record Made(Settlement settlement) implements Reservation {
	}

	/** The account has not that much left, or pays no more. */
	record Refused() implements Reservation {
	}

	/** Another settlement with the same payment identifier is under way or has paid. */
	record Repeated() implements Reservation {
	}

}
