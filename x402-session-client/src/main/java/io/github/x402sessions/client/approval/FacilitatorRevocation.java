package io.github.x402sessions.client.approval;

import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.QuoteNotOfferedException;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.facilitator.RevocationNotOfferedException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;

/**
 * Leaves the chain to the facilitator at the end of a session as at its beginning: it
 * knows the numbers that an approval needs, and sends it.
 *
 * @param quotes asks for the numbers
 * @param facilitator sends it
 * @param sessionId the session that ends, a secret
 * @param retry repeats what can be repeated
 */
public record FacilitatorRevocation(FacilitatorApproval quotes, FacilitatorSessionsClient facilitator, String sessionId,
		RegistrationRetry retry) implements RevocationStrategy {

	/**
	 * Ask for the numbers.
	 * @throws RevocationNotOfferedException if there are none to be had
	 */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		try {
			return this.quotes.prepare(terms);
		}
		catch (FacilitatorException | QuoteNotOfferedException ex) {
			throw new RevocationNotOfferedException(ex);
		}
	}

	/**
	 * Have it sent, and wait for its ledger. What was not answered is asked again: it is
	 * the same transaction every time.
	 * @throws RevocationNotOfferedException if the facilitator sends none
	 */
	@Override
	public ApprovalOutcome submit(SignedApproval approval) {
		try {
			this.retry.call(() -> this.facilitator.revoke(this.sessionId, approval.envelope()));
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
		return "FacilitatorRevocation[sessionId=***]";
	}

}
