package io.github.x402sessions.client.opening.steps;

import java.util.Optional;

import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.LandedApproval;
import io.github.x402sessions.client.approval.SentApproval;
import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.facilitator.SessionSupport;
import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.jspecify.annotations.Nullable;

/**
 * Finds an approval on the chain again and proves once more whose it is.
 *
 * @param plan what it has to be for
 * @param chain where it is
 * @param facilitator knows who spends by it
 */
public record SessionResumption(SessionPlan plan, ApprovalChain chain, FacilitatorSessionsClient facilitator) {

	public SentApproval find(String hash) {
		if (!hash.matches("[0-9a-f]{64}")) {
			throw new IllegalArgumentException("'" + hash + "' is not a transaction's hash (64 hex digits)");
		}
		LandedApproval landed = landed(hash);
		if (!landed.success()) {
			throw new SessionNotOpenedException("the approval " + hash + " took no effect: it failed", null);
		}
		SessionSupport support = support(hash);
		String spender = landed.spender();
		check(landed.user().equals(this.plan.signer().accountId()), hash, "payer");
		check(support.serves(spender), hash, "facilitator");
		check(landed.asset().equals(this.plan.asset().id()), hash, "asset");
		check(landed.amount().compareTo(this.plan.cap()) >= 0, hash, "cap");
		SessionKeyPair key = key(support, hash);
		return new SentApproval(spender, prove(this.plan.registration(hash, landed.expirationLedger(), key)),
				landed.approval(), false, key);
	}

	/**
	 * Make the same of it without a key, which it may have been registered with before
	 * the facilitator took keys.
	 * @param keyed what was not registered
	 * @param refusal why not
	 * @return what to register in its place; empty if it had no key or has to have one,
	 * or the facilitator did not refuse it
	 */
	public Optional<SentApproval> withoutKey(SentApproval keyed, SessionNotRegisteredException refusal) {
		if (keyed.key() == null || !this.plan.keys().mayBeNone()
				|| !(refusal.getCause() instanceof FacilitatorProtocolException)) {
			return Optional.empty();
		}
		RegistrationBody unkeyed = this.plan.registration(keyed.hash(), keyed.registration().expirationLedger(), null);
		return Optional.of(new SentApproval(keyed.spender(), prove(unkeyed), keyed.approval(), false, null));
	}

	private LandedApproval landed(String hash) {
		try {
			return this.chain.find(hash)
				.orElseThrow(() -> new ApprovalUnknownException("the chain does not know the approval " + hash, hash));
		}
		catch (ChainException ex) {
			throw new ApprovalUnknownException(
					"it is unknown whether the approval " + hash + " took effect: " + ex.getMessage(), hash);
		}
	}

	/** Who does not answer has disproved nothing. */
	private SessionSupport support(String hash) {
		try {
			return this.facilitator.support(this.plan.network());
		}
		catch (FacilitatorException ex) {
			throw new ApprovalUnknownException(
					"it is unknown whether the approval " + hash + " is for this facilitator: " + ex.getMessage(),
					hash);
		}
	}

	private @Nullable SessionKeyPair key(SessionSupport support, String hash) {
		try {
			return this.plan.keys().next(support);
		}
		catch (FacilitatorException ex) {
			throw new SessionNotRegisteredException(
					"the approval " + hash + " took effect but was not registered: " + ex.getMessage(), hash, ex);
		}
	}

	private RegistrationBody prove(RegistrationBody registration) {
		try {
			return registration.provenBy(this.plan.signer()::signMessage);
		}
		catch (RuntimeException ex) {
			throw new SessionNotRegisteredException(
					"the approval " + registration.approvalTxHash()
							+ " took effect but was not registered: the signer did not sign the proof of ownership",
					registration.approvalTxHash(), ex);
		}
	}

	private static void check(boolean fits, String hash, String name) {
		if (!fits) {
			throw new IllegalArgumentException("the approval " + hash + " does not fit this client's " + name);
		}
	}

}
