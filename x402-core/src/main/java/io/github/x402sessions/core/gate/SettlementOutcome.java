package io.github.x402sessions.core.gate;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;

/**
 * How a settlement ended. Only {@link Settled} releases what was bought.
 */
public sealed interface SettlementOutcome {

	/**
	 * Return what goes into the {@code PAYMENT-RESPONSE} header.
	 * @return the outcome on the wire
	 */
	SettleResponse response();

	/**
	 * The money moved.
	 *
	 * @param response the facilitator's receipt
	 */
	record Settled(SettleResponse response) implements SettlementOutcome {
	}

	/**
	 * The money did not move and will not.
	 *
	 * @param response the facilitator's refusal
	 * @param required the challenge, with the reason in {@code error}
	 */
	record Refused(SettleResponse response, PaymentRequired required) implements SettlementOutcome {
	}

	/**
	 * The money did not move, because the facilitator was not reached or refuses this
	 * server. The buyer's payment is not at fault.
	 *
	 * @param response a failure with the reason {@code settlement_not_made}
	 * @param temporary whether trying again later may help (it was not reached) or not
	 */
	record NotMade(SettleResponse response, boolean temporary) implements SettlementOutcome {
	}

	/**
	 * The money may or may not have moved.
	 *
	 * @param response a failure with the reason {@code settlement_unknown}
	 * @param pending whether the facilitator has the payment and says that it is at it
	 */
	record Unknown(SettleResponse response, boolean pending) implements SettlementOutcome {

		/**
		 * Create the outcome of a settlement of which nothing was heard.
		 * @param network the network as a CAIP-2 id
		 * @return the outcome
		 */
		public static Unknown on(String network) {
			return new Unknown(SettleResponse.failure("settlement_unknown", null, network), false);
		}

	}

	/**
	 * The facilitator names a transaction that has paid for something else before, and
	 * says neither that it repeats itself nor that several payments share the
	 * transaction: that is no payment.
	 *
	 * @param response a failure with the reason {@code transaction_reused}
	 */
	record NotProven(SettleResponse response) implements SettlementOutcome {
	}

	/**
	 * The payment was settled before, for another answer: it buys no second one.
	 *
	 * @param response a failure with the reason {@code payment_identifier_conflict}
	 */
	record AlreadySpent(SettleResponse response) implements SettlementOutcome {

		/**
		 * Create the outcome.
		 * @param network the network as a CAIP-2 id
		 * @return the outcome
		 */
		public static AlreadySpent on(String network) {
			return new AlreadySpent(SettleResponse.failure(Settler.SPENT, null, network));
		}

	}

}
