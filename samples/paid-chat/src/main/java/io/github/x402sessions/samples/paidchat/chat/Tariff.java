package io.github.x402sessions.samples.paidchat.chat;

import java.math.BigInteger;

import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;

/**
 * The share of the quoted price, its upper bound, that a bot charges.
 */
@FunctionalInterface
interface Tariff {

	/** All of it, always. */
	Tariff FLAT = (payment, characters) -> {
	};

	/**
	 * Tell a payment what it will be charged.
	 * @param payment the payment, verified for the quoted price
	 * @param characters the length of what is paid for
	 */
	void charge(Payment payment, int characters);

	/**
	 * Charge by length, up to what was quoted. A payment that is signed for its whole
	 * amount is left as it is.
	 * @param price the price of each started block, whole tokens as a decimal
	 * @param block characters of a block
	 * @return a tariff
	 */
	static Tariff metered(String price, int block) {
		return (payment, characters) -> {
			if (payment.scheme().equals("exact")) {
				return;
			}
			long blocks = Math.max(1, (characters + block - 1L) / block);
			BigInteger metered = payment.asset().toBaseUnits(price).multiply(BigInteger.valueOf(blocks));
			payment.charge(metered.min(payment.amount()));
		};
	}

}
