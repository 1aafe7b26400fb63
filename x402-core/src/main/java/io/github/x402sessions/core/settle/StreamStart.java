package io.github.x402sessions.core.settle;

import io.github.x402sessions.core.gate.SettlementOutcome;

/**
 * The way in which an answer that is charged step by step leaves. It is {@link Open}
 * until a part of it would leave; then its facilitator is asked, once, to hold what it
 * may cost, which makes it {@link Streaming}, {@link Kept} or {@link Refused} for good.
 * What is kept may become {@link TooLong}.
 */
sealed interface StreamStart {

	/** Return who has to know what of the answer leaves, and when it is over. */
	default DeliveryWatch watch() {
		return DeliveryWatch.NONE;
	}

	/** Nothing of it was to leave yet. */
	record Open() implements StreamStart {
	}

	/**
	 * It leaves as it is written, and what it may cost is held.
	 *
	 * @param stream what has left of it
	 */
	record Streaming(MeteredStream stream) implements StreamStart {

		@Override
		public DeliveryWatch watch() {
			return this.stream;
		}

	}

	/**
	 * Nothing is known to be held: it leaves when it is whole, and is settled then.
	 *
	 * @param watch sees to what may be held
	 */
	record Kept(DeliveryWatch watch) implements StreamStart {
	}

	/**
	 * Nothing is known to be held, and no more of it can be kept.
	 *
	 * @param watch sees to what may be held
	 */
	record TooLong(DeliveryWatch watch) implements StreamStart {
	}

	/**
	 * Its payment is good for nothing.
	 *
	 * @param outcome why
	 */
	record Refused(SettlementOutcome outcome) implements StreamStart {
	}

}
