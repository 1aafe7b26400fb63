package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.repository.HeldAmount;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

/**
 * A call about a payment of a session that is known, signed where it has to be.
 *
 * @param request what is asked
 * @param session the session
 * @param account the session as what a settlement draws on, with what was signed
 * @param key what makes another request the same payment
 * @param deadline how long the caller waits
 */
record PaymentCall(FacilitatorRequest request, Session session, FundingSource account, PaymentKey key,
		SettleDeadline deadline) {

	PaymentRequirements asked() {
		return this.request.paymentRequirements();
	}

	SettlementResponses responses() {
		return new SettlementResponses(this.request, this.session.terms().payer(), PaymentCheck.token(this.request));
	}

	Parties parties() {
		return this.session.terms().parties();
	}

	/** Tell whether a payment that is held is the one that its holder calls about. */
	boolean isAbout(KnownPayment payment) {
		HeldAmount held = payment.held();
		return held != null && PaymentKeys.heldTerms(this.request, held.amount().toString()).equals(payment.terms());
	}

	/**
	 * Return what a payment that is held costs by the word of this call.
	 * @return the amount, base units, or {@code null} if that cannot be
	 */
	@Nullable BigInteger cost(KnownPayment payment) {
		HeldAmount held = payment.held();
		BigInteger amount = PaymentCheck.amount(asked());
		return (held != null && isAbout(payment) && amount.signum() > 0 && amount.compareTo(held.amount()) <= 0)
				? amount : null;
	}

}
