package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the chain to the facilitator at the end of a session as at its beginning: it
 * knows the numbers that an approve needs, and sends it. What it will not send goes to
 * the chain as it is, with the one signature.
 *
 * @param plan what the session was
 * @param facilitator sends it
 * @param sessionId the session that ends, a secret
 * @param retry repeats what can be repeated
 * @param chain takes what the facilitator does not
 */
record FacilitatorClosingRoute(SessionPlan plan, SessionFacilitator facilitator, String sessionId,
		RegistrationRetry retry, ApprovalChain chain) implements ClosingRoute {

	private static final Logger logger = LoggerFactory.getLogger(FacilitatorClosingRoute.class);

	/**
	 * Ask for the numbers, again if there are none just now.
	 * @throws ClosingNotOfferedException if there are none to be had
	 */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		try {
			Quote quote = this.retry.call(() -> this.facilitator.quote(QuoteRequest.closing(this.plan)));
			return quote.approval(terms, this.plan.network());
		}
		catch (FacilitatorException | QuoteNotOfferedException ex) {
			throw new ClosingNotOfferedException(ex);
		}
	}

	/**
	 * Have it sent, and wait for its ledger. What was not answered is asked again: it is
	 * the same transaction every time. A refusal is only the facilitator's word: whether
	 * the approve takes effect is for the chain to say.
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
			logger.info("The facilitator does not send the approve {}, so it goes to the chain: {}", approval.hash(),
					ex.getMessage());
			return this.chain.submit(approval);
		}
	}

	@Override
	public String toString() {
		return "FacilitatorClosingRoute[sessionId=***]";
	}

}
