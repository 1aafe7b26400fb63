package io.github.x402sessions.facilitator.settlement.repository;

import java.util.UUID;

/**
 * The delivery of a payment's outcome to one caller, until its answer has left or is
 * lost.
 *
 * @param id its own name, so that it is told from another delivery of the same payment
 * @param account the name of the account that paid
 * @param settlement the payment's name in the books
 * @param named whether the payment has an identifier, by which it is known for good
 * @param echoed whether others may be on their way that repeat it, so that an equal
 * payment is not another one at once
 */
public record OutcomeDelivery(String id, String account, String settlement, boolean named, boolean echoed) {

	/**
	 * Return a new delivery of a payment with an identifier, which nobody repeats yet.
	 * @param account the name of the account that pays
	 * @param settlement the payment's name in the books
	 * @return the delivery
	 */
	public static OutcomeDelivery named(String account, String settlement) {
		return new OutcomeDelivery(UUID.randomUUID().toString(), account, settlement, true, false);
	}

}
