package io.github.x402sessions.client.facilitator;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /sessions/{id}} on the wire.
 *
 * @param cap the most it may spend, base units
 * @param spent what it has spent, base units
 * @param remaining what it may still spend, base units; older facilitators leave it out
 * @param expirationLedger the last ledger in which it may spend
 * @param status the facilitator's word for its state; optional
 * @param committed what it is committed to pay and no transaction carries, base units;
 * optional
 * @param owed what may still be taken from the payer, base units; optional
 */
public record StateResponse(String cap, String spent, @Nullable String remaining, long expirationLedger,
		@Nullable String status, @Nullable String committed, @Nullable String owed) {

	public StateResponse {
		BaseUnits.require(cap, "cap");
		BaseUnits.require(spent, "spent");
		if (remaining != null) {
			BaseUnits.require(remaining, "remaining");
		}
		if (committed != null) {
			BaseUnits.require(committed, "committed");
		}
		if (owed != null) {
			BaseUnits.require(owed, "owed");
		}
	}

	/**
	 * Return what the session is committed to pay.
	 * @return base units, 0 where the facilitator does not say
	 */
	public BigInteger promised() {
		return (this.committed != null) ? new BigInteger(this.committed) : BigInteger.ZERO;
	}

	/**
	 * Return what may still be taken from the payer once the session has ended.
	 * @return base units; what is promised where the facilitator does not say
	 */
	public BigInteger due() {
		return (this.owed != null) ? new BigInteger(this.owed) : promised();
	}

	/**
	 * Return what the session may still spend.
	 * @return base units, worked out where the facilitator leaves it out
	 */
	public BigInteger left() {
		return (this.remaining != null) ? new BigInteger(this.remaining)
				: new BigInteger(this.cap).subtract(new BigInteger(this.spent));
	}

}
