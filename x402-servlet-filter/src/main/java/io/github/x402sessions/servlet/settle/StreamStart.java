package io.github.x402sessions.servlet.settle;

import io.github.x402sessions.core.gate.SettlementOutcome;

/**
 * How an answer that is charged step by step is to leave. It is {@link Open} until a part
 * of it would leave; then its facilitator is asked, once, to hold what it may cost, which
 * makes it {@link Streaming}, {@link Kept} or {@link Refused} for good. What is kept may
 * become {@link TooLong}.
 */
sealed interface StreamStart {

	/** Nothing of it was to leave yet. */
	record Open() implements StreamStart {
	}

	/**
	 * It leaves as it is written, and what it may cost is held.
	 *
	 * @param stream what has left of it
	 */
	record Streaming(MeteredStream stream) implements StreamStart {
	}

	/** Nothing is held: it leaves when it is whole, and is settled then. */
	record Kept() implements StreamStart {
	}

	/** Nothing is held, and no more of it can be kept. */
	record TooLong() implements StreamStart {
	}

	/**
	 * Its payment is good for nothing.
	 *
	 * @param outcome why
	 */
	record Refused(SettlementOutcome outcome) implements StreamStart {
	}

}
