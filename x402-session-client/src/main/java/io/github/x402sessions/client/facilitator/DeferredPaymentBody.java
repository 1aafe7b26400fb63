package io.github.x402sessions.client.facilitator;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /settlements/{commitment}} on the wire.
 *
 * @param status the state, such as {@code confirmed}
 * @param transaction the transaction that carries the payment; absent while none does
 * @param ledger the ledger that has the transaction; absent while none has
 * @param amount the amount, base units
 * @param payment the SHA-256 of the payment's identifier, hex; absent where the
 * facilitator does not say whose payment it is
 */
public record DeferredPaymentBody(String status, @Nullable String transaction, @Nullable Long ledger, String amount,
		@Nullable String payment) {

	public DeferredPaymentBody {
		if (status == null || DeferralStatus.of(status).isEmpty()) {
			throw new MalformedMessageException("'status' is none that is known");
		}
		if (amount == null || !amount.matches("[0-9]{1,39}")) {
			throw new MalformedMessageException("'amount' must be a whole number of base units");
		}
	}

	public DeferralStatus state() {
		return DeferralStatus.of(this.status).orElseThrow();
	}

	/**
	 * Return what is paid, or the most that may be while it is held.
	 * @return base units, 0 of what was released
	 */
	public BigInteger baseUnits() {
		return (state() == DeferralStatus.RELEASED) ? BigInteger.ZERO : new BigInteger(this.amount);
	}

}
