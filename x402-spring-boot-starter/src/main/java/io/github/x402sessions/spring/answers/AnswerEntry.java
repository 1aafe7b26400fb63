package io.github.x402sessions.spring.answers;

import java.util.Objects;

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
			throw new IllegalStateException("what is stored has a state that is not known");
		}

	}

}
