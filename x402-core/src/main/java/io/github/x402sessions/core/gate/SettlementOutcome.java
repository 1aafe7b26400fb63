package io.github.x402sessions.core.gate;

import java.util.function.Function;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;

/**
 * The end of a settlement. Only {@link Settled} releases what was bought.
 */
public sealed interface SettlementOutcome {

	/**
	 * Return what goes into the {@code PAYMENT-RESPONSE} header.
	 * @return the outcome on the wire
	 */
	SettleResponse response();

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param settled what to make of a payment
	 * @param refused what to make of a refusal
	 * @param notMade what to make of a settlement that was not made
	 * @param unknown what to make of one that may have been
	 * @param notProven what to make of a transaction that has paid before
	 * @param alreadySpent what to make of a payment that has bought something before
	 * @return the result of the case
	 */
	<T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
			Function<Unknown, T> unknown, Function<NotProven, T> notProven, Function<AlreadySpent, T> alreadySpent);

	/**
	 * The money moved or, where the server has asked for that, the facilitator has
	 * committed itself to move it.
	 *
	 * @param response the facilitator's receipt
	 */
	record Settled(SettleResponse response) implements SettlementOutcome {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
				Function<Unknown, T> unknown, Function<NotProven, T> notProven,
				Function<AlreadySpent, T> alreadySpent) {
			return settled.apply(this);
		}

	}

	/**
	 * The money did not move and will not.
	 *
	 * @param response the facilitator's refusal
	 * @param required the challenge, with the reason in {@code error}
	 */
	record Refused(SettleResponse response, PaymentRequired required) implements SettlementOutcome {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
				Function<Unknown, T> unknown, Function<NotProven, T> notProven,
				Function<AlreadySpent, T> alreadySpent) {
			return refused.apply(this);
		}

	}

	/**
	 * The money did not move, because the facilitator was not reached or refuses this
	 * server. The buyer's payment is not at fault.
	 *
	 * @param response a failure with the reason {@code settlement_not_made}
	 * @param temporary whether trying again later may help (it was not reached) or not
	 */
	record NotMade(SettleResponse response, boolean temporary) implements SettlementOutcome {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
				Function<Unknown, T> unknown, Function<NotProven, T> notProven,
				Function<AlreadySpent, T> alreadySpent) {
			return notMade.apply(this);
		}

	}

	/**
	 * The money may or may not have moved.
	 *
	 * @param response a failure with the reason {@code settlement_unknown}
	 * @param pending whether the facilitator has the payment and says that it is at it
	 */
	record Unknown(SettleResponse response, boolean pending) implements SettlementOutcome {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
				Function<Unknown, T> unknown, Function<NotProven, T> notProven,
				Function<AlreadySpent, T> alreadySpent) {
			return unknown.apply(this);
		}

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

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
				Function<Unknown, T> unknown, Function<NotProven, T> notProven,
				Function<AlreadySpent, T> alreadySpent) {
			return notProven.apply(this);
		}

	}

	/**
	 * The payment was settled before, for another answer: it buys no second one.
	 *
	 * @param response a failure with the reason {@code payment_identifier_conflict}
	 */
	record AlreadySpent(SettleResponse response) implements SettlementOutcome {

		/** The reason on the wire, of a facilitator that refuses it too. */
		static final String REASON = "payment_identifier_conflict";

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<Refused, T> refused, Function<NotMade, T> notMade,
				Function<Unknown, T> unknown, Function<NotProven, T> notProven,
				Function<AlreadySpent, T> alreadySpent) {
			return alreadySpent.apply(this);
		}

		/**
		 * Create the outcome.
		 * @param network the network as a CAIP-2 id
		 * @return the outcome
		 */
		public static AlreadySpent on(String network) {
			return new AlreadySpent(SettleResponse.failure(REASON, null, network));
		}

	}

}
