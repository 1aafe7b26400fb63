package io.github.x402sessions.core.gate;

import java.time.Instant;
import java.util.function.Function;

import io.github.x402sessions.core.protocol.SettleResponse;

/**
 * The end of an attempt to have an amount held while an answer leaves. Only {@link Held}
 * lets a part of it leave before the rest is known.
 */
public sealed interface HoldOutcome {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param held what to make of an amount that is held
	 * @param notHeld what to make of a payment that is settled as ever
	 * @param doubtful what to make of one that is too, but may be held
	 * @param failed what to make of one that is not settled at all
	 * @return the result of the case
	 */
	<T> T fold(Function<Held, T> held, Function<NotHeld, T> notHeld, Function<Doubtful, T> doubtful,
			Function<Failed, T> failed);

	/**
	 * The facilitator holds the amount. It is to be settled for what was used of it, or
	 * released; otherwise it lapses and nothing is charged.
	 *
	 * @param verified the payment
	 * @param receipt the facilitator's receipt, whose amount is the most that is charged
	 * @param until when it lapses, by the facilitator's clock; at most an hour after it
	 * was held, whatever the receipt says
	 */
	record Held(PaymentDecision.Verified verified, SettleResponse receipt, Instant until) implements HoldOutcome {

		@Override
		public <T> T fold(Function<Held, T> held, Function<NotHeld, T> notHeld, Function<Doubtful, T> doubtful,
				Function<Failed, T> failed) {
			return held.apply(this);
		}

	}

	/**
	 * Nothing is held, but the payment may be settled as ever: it is asked for without a
	 * hold, nobody holds here or now, or the facilitator could not be reached.
	 */
	record NotHeld() implements HoldOutcome {

		@Override
		public <T> T fold(Function<Held, T> held, Function<NotHeld, T> notHeld, Function<Doubtful, T> doubtful,
				Function<Failed, T> failed) {
			return notHeld.apply(this);
		}

	}

	/**
	 * Nobody knows whether anything is held, because no answer came. The payment may be
	 * settled as ever, which ends a hold that stands after all; if it is not, it is to be
	 * released.
	 *
	 * @param verified the payment
	 */
	record Doubtful(PaymentDecision.Verified verified) implements HoldOutcome {

		@Override
		public <T> T fold(Function<Held, T> held, Function<NotHeld, T> notHeld, Function<Doubtful, T> doubtful,
				Function<Failed, T> failed) {
			return doubtful.apply(this);
		}

	}

	/**
	 * The payment is good for nothing, held or not.
	 *
	 * @param outcome a refusal, or what says that it has paid before
	 */
	record Failed(SettlementOutcome outcome) implements HoldOutcome {

		@Override
		public <T> T fold(Function<Held, T> held, Function<NotHeld, T> notHeld, Function<Doubtful, T> doubtful,
				Function<Failed, T> failed) {
			return failed.apply(this);
		}

	}

}
