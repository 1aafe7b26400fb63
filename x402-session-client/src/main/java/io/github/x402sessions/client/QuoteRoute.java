package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;

/**
 * Leaves the chain to the facilitator: it knows the numbers that an approve needs, and
 * sends it when it registers the session. What is approved is still built here.
 *
 * @param plan what is asked for
 * @param facilitator the facilitator
 */
record QuoteRoute(SessionPlan plan, SessionFacilitator facilitator) implements ApprovalRoute {

	private static final ApprovalOutcome LEFT_TO_THE_FACILITATOR = new ApprovalOutcome.Approved(0);

	/**
	 * Ask for a quote.
	 * @throws QuoteNotOfferedException if the facilitator makes none
	 */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		Quote quote = this.facilitator.quote(QuoteRequest.opening(this.plan));
		return quote.approval(terms, this.plan.network());
	}

	@Override
	public ApprovalOutcome submit(SignedApproval approval) {
		return LEFT_TO_THE_FACILITATOR;
	}

	@Override
	public ApprovalOutcome watch(SignedApproval approval) {
		return LEFT_TO_THE_FACILITATOR;
	}

	@Override
	public boolean endsAtTheFacilitator() {
		return true;
	}

}
