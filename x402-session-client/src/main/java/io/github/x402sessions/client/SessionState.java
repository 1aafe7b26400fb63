package io.github.x402sessions.client;

import java.math.BigInteger;

import io.github.x402sessions.client.facilitator.StateResponse;
import org.jspecify.annotations.Nullable;

/**
 * State of a session, by the facilitator's books.
 *
 * @param cap the most it may spend, base units
 * @param spent what it has spent, base units
 * @param remaining what it may still spend, base units
 * @param expirationLedger the last ledger in which it may spend
 * @param status the facilitator's word for its state, such as {@code active}, or
 * {@code null} if it has none
 * @param committed what it is committed to pay later on, base units: neither spent yet
 * nor part of what remains
 * @param owed what may still be taken from the payer by what the facilitator says, base
 * units: of a session that has ended what is committed or on its way
 */
public record SessionState(BigInteger cap, BigInteger spent, BigInteger remaining, long expirationLedger,
		@Nullable String status, BigInteger committed, BigInteger owed) {

	static SessionState of(StateResponse told) {
		return new SessionState(new BigInteger(told.cap()), new BigInteger(told.spent()), told.left(),
				told.expirationLedger(), told.status(), told.promised(), told.due());
	}

	/**
	 * Tell whether it can pay, as far as the facilitator tells.
	 * @return whether it is neither expired nor superseded nor closed
	 */
	public boolean isActive() {
		return this.status == null || "active".equals(this.status);
	}

}
