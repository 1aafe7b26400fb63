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
 * @param allowanceNeeded what may still be taken from the payer, so that an allowance has
 * to leave it, base units: of one that can pay all that it has not spent, of one that has
 * ended what is committed or on its way; no debt, but {@code owed} on the wire
 */
public record SessionState(BigInteger cap, BigInteger spent, BigInteger remaining, long expirationLedger,
		@Nullable String status, BigInteger committed, BigInteger allowanceNeeded) {

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
