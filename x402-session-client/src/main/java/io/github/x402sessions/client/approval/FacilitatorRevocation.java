package io.github.x402sessions.client.approval;

import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.Quote;
import io.github.x402sessions.client.facilitator.QuoteBody;
import io.github.x402sessions.client.facilitator.QuoteNotOfferedException;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.facilitator.RevocationNotOfferedException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.QuotedApproval;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the chain to the facilitator at the end of a session as at its beginning: it
 * knows the numbers that an approval needs, and sends it. What it will not send goes to
 * the chain as it is, with the one signature.
 *
 * @param request asks for the numbers
 * @param network the network to sign for
 * @param facilitator sends it
 * @param sessionId the session that ends, a secret
 * @param retry repeats what can be repeated
 * @param chain takes what the facilitator does not
 */
public record FacilitatorRevocation(QuoteBody request, Network network, FacilitatorSessionsClient facilitator,
		String sessionId, RegistrationRetry retry, ApprovalChain chain) implements RevocationStrategy {

	private static final Logger logger = LoggerFactory.getLogger(FacilitatorRevocation.class);

	/**
	 * Ask for the numbers, again if there are none just now.
	 * @throws RevocationNotOfferedException if there are none to be had
	 */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		try {
			Quote quote = this.retry.call(() -> this.facilitator.quote(this.request));
			return QuotedApproval.of(quote.transaction(), terms, quote.expirationLedger(), this.network);
		}
		catch (FacilitatorException | QuoteNotOfferedException ex) {
			throw new RevocationNotOfferedException(ex);
		}
	}

	/**
	 * Have it sent, and wait for its ledger. What was not answered is asked again: it is
	 * the same transaction every time. A refusal is only the facilitator's word: whether
	 * the approval takes effect is for the chain to say.
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
			logger.info("The facilitator does not send the approval {}, so it goes to the chain: {}", approval.hash(),
					ex.getMessage());
			return this.chain.submit(approval);
		}
	}

	@Override
	public String toString() {
		return "FacilitatorRevocation[sessionId=***]";
	}

}
