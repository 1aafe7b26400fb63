package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;

/**
 * Leaves the chain to the facilitator at the end of a session as at its beginning: it
 * knows the numbers that an approve needs, and sends it.
 *
 * @param quotes asks for the numbers
 * @param facilitator sends it
 * @param sessionId the session that ends, a secret
 * @param retry repeats what can be repeated
 */
record FacilitatorClosingRoute(QuoteRoute quotes, SessionFacilitator facilitator, String sessionId,
		RegistrationRetry retry) implements ClosingRoute {

	/**
	 * Ask for the numbers.
	 * @throws ClosingNotOfferedException if there are none to be had
	 */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		try {
			return this.quotes.prepare(terms);
		}
		catch (FacilitatorException | QuoteNotOfferedException ex) {
			throw new ClosingNotOfferedException(ex);
		}
	}

	/**
	 * Have it sent, and wait for its ledger. What was not answered is asked again: it is
	 * the same transaction every time.
	 * @throws ClosingNotOfferedException if the facilitator sends none
	 */
	@Override
	public ApprovalOutcome submit(SignedApproval approval) {
		try {
			this.retry.call(() -> this.facilitator.takeBack(this.sessionId, approval.envelope()));
			return new ApprovalOutcome.Approved(0);
		}
		catch (FacilitatorUnavailableException ex) {
			return new ApprovalOutcome.Unknown(String.valueOf(ex.getMessage()));
		}
		catch (FacilitatorException ex) {
			return new ApprovalOutcome.Refused(String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public String toString() {
		return "FacilitatorClosingRoute[sessionId=***]";
	}

}
