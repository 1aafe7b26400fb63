package io.github.x402sessions.client;

import java.math.BigInteger;

import io.github.x402sessions.client.facilitator.DeferredPaymentBody;
import io.github.x402sessions.core.protocol.DeferralStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a payment that its facilitator settles later on, by its books.
 *
 * @param status what became of it
 * @param transaction the transaction that carries it, or {@code null} while none does
 * @param ledger the ledger that has the transaction, or {@code null} while none has
 * @param amount the amount, base units: of what is {@link #isHeld() held} the most that
 * it may come to
 */
public record DeferredPayment(DeferralStatus status, @Nullable String transaction, @Nullable Long ledger,
		BigInteger amount) {

	/**
	 * Tell whether the amount is only set aside, and what is paid is not known yet.
	 * @return whether it is
	 */
	public boolean isHeld() {
		return this.status == DeferralStatus.HELD;
	}

	static DeferredPayment of(DeferredPaymentBody told) {
		return new DeferredPayment(told.state(), told.transaction(), told.ledger(), told.baseUnits());
	}

}
