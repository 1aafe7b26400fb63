package io.github.x402sessions.spring.answers;

import java.util.Objects;

import io.github.x402sessions.core.purchase.UnreadableAnswerException;
import org.jspecify.annotations.Nullable;

/**
 * The lasting part of what a store knows of an identifier, as a backend keeps it: it
 * compares the first two and understands nothing of the third.
 *
 * @param state what has become of the identifier
 * @param request a hash of the request
 * @param details the rest, encrypted where there is a key
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record AnswerEntry(State state, String request, byte[] details) {

	AnswerEntry {
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(request, "request");
		Objects.requireNonNull(details, "details");
	}

	/**
	 * Read what a backend has kept.
	 * @throws UnreadableAnswerException if something is missing, or the state is none
	 */
	static AnswerEntry of(String state, @Nullable String request, byte @Nullable [] details) {
		if (request == null || details == null) {
			throw new UnreadableAnswerException("What is stored for a payment identifier is not whole");
		}
		return new AnswerEntry(State.of(state), request, details);
	}

	@Override
	public String toString() {
		return "AnswerEntry[state=" + this.state + ", size=" + this.details.length + "]";
	}

	/** The fate of an identifier. */
	enum State {

		/** Paid, or perhaps, and not answered. */
		OWED("o"),

		/** Paid and answered. */
		ANSWERED("a"),

		/** Paid, and its answer cannot be given again. */
		SPENT("x");

		private final String code;

		State(String code) {
			this.code = code;
		}

		String code() {
			return this.code;
		}

		static State of(String code) {
			for (State state : values()) {
				if (state.code.equals(code)) {
					return state;
				}
			}
			throw new UnreadableAnswerException(
					"What is stored for a payment identifier has a state that is not known");
		}

	}

}
