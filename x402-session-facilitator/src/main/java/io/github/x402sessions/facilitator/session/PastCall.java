package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One call that was paid with a session, or was to be.
 *
 * @param amount what it cost, base units
 * @param state what became of it
 * @param transaction the hash of its transaction; absent where there never was one
 * @param at when that was last known
 * @param signed whether what the holder of the session's key has signed for it is kept
 */
public record PastCall(BigInteger amount, State state, @Nullable String transaction, Instant at, boolean signed) {

	/** Outcome of a call. */
	public enum State {

		/** It was paid. */
		SETTLED,

		/** It is being paid. */
		PENDING,

		/** It was not paid and will not be. */
		FAILED,

		/** It may be paid: its amount is held. */
		HELD,

		/** It is promised, and in no transaction yet. */
		COMMITTED,

		/** It was promised, and the payer could not pay it. */
		DEFAULTED

	}

}
