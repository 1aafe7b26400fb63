package io.github.x402sessions.facilitator.deferred;

import java.time.Instant;
import java.util.Objects;

import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

/**
 * An order to commit a payment.
 *
 * @param commitment what is to be committed
 * @param account what it draws on, as it was read
 * @param key what makes another request the same payment; has an identifier
 * @param delivery that its caller is told of it, written down with it; absent where the
 * caller is told as often as it asks
 * @param funds what the payer has
 * @param heldUntil until when it is only held; absent where it is committed at once
 */
public record CommitmentOrder(Commitment commitment, FundingSource account, PaymentKey key,
		@Nullable OutcomeDelivery delivery, PayerFunds funds, @Nullable Instant heldUntil) {

	/** Return who takes what the payer has allowed: nobody has no allowance. */
	String spender() {
		return Objects.requireNonNullElse(this.account.method().spender(), "");
	}

	Parties parties() {
		return this.commitment.transfer().parties();
	}

}
