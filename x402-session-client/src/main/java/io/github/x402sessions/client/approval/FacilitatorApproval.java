package io.github.x402sessions.client.approval;

import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.Quote;
import io.github.x402sessions.client.facilitator.QuoteBody;
import io.github.x402sessions.client.facilitator.QuoteNotOfferedException;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.QuotedApproval;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;

/**
 * Leaves the chain to the facilitator: it knows the numbers that an approval needs, and
 * sends it when it registers the session. What is approved is still built here.
 *
 * @param request what is asked for
 * @param network the network to sign for
 * @param facilitator the facilitator
 */
public record FacilitatorApproval(QuoteBody request, Network network,
		FacilitatorSessionsClient facilitator) implements ApprovalStrategy {

	private static final ApprovalOutcome LEFT_TO_THE_FACILITATOR = new ApprovalOutcome.Approved(0);

	/**
	 * Ask for a quote.
	 * @throws QuoteNotOfferedException if the facilitator makes none
	 */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		Quote quote = this.facilitator.quote(this.request);
		return QuotedApproval.of(quote.transaction(), terms, quote.expirationLedger(), this.network);
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
