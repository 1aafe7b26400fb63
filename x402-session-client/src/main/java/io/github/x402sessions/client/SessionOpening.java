package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ChainException;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;
import io.github.x402sessions.core.facilitator.FacilitatorException;

/**
 * Opens one session, step by step: ask who spends, prepare, sign, submit, register. Every
 * failure says how far it came.
 */
final class SessionOpening {

	private final SessionPlan plan;

	private final SessionFacilitator facilitator;

	private final ApprovalChain chain;

	private final RegistrationRetry retry;

	SessionOpening(SessionPlan plan, SessionFacilitator facilitator, ApprovalChain chain, RegistrationRetry retry) {
		this.plan = plan;
		this.facilitator = facilitator;
		this.chain = chain;
		this.retry = retry;
	}

	Session open() {
		String spender;
		UnsignedApproval unsigned;
		try {
			spender = this.facilitator.spender(this.plan.network());
			unsigned = this.chain.prepare(this.plan.approval(spender));
		}
		catch (FacilitatorException | ChainException ex) {
			throw new SessionNotOpenedException("nothing was signed: " + ex.getMessage(), ex);
		}
		Registration registration = prove(unsigned);
		SentApproval sent = new SentApproval(spender, registration, sign(unsigned));
		checkApproved(this.chain.submit(sent.approval()), sent);
		return register(sent);
	}

	/** Go on where an opening got stuck. Nothing is signed or sent to the chain. */
	Session resume(UnregisteredApprovalException failure) {
		SentApproval sent = failure.sent();
		if (!sent.fits(this.plan)) {
			throw new IllegalArgumentException("the approve " + sent.hash()
					+ " was made with other settings than this client's; it needs the same payer, network, asset, "
					+ "recipient and cap");
		}
		if (failure instanceof ApprovalUnknownException) {
			checkApproved(this.chain.watch(sent.approval()), sent);
		}
		return register(sent);
	}

	/** Before anything is sent, because a signer may refuse. */
	private Registration prove(UnsignedApproval unsigned) {
		try {
			return this.plan.registration(unsigned.hashHex(), unsigned.expirationLedger()).provenBy(this.plan.signer());
		}
		catch (RuntimeException ex) {
			throw new SessionNotOpenedException("nothing was sent: the signer did not sign the proof of ownership", ex);
		}
	}

	private SignedApproval sign(UnsignedApproval unsigned) {
		try {
			return unsigned.signed(this.plan.signer().sign(unsigned.hash()));
		}
		catch (RuntimeException ex) {
			throw new SessionNotOpenedException("nothing was sent: the signer did not sign the approve", ex);
		}
	}

	private static void checkApproved(ApprovalOutcome outcome, SentApproval sent) {
		if (outcome instanceof ApprovalOutcome.Refused refused) {
			throw new SessionNotOpenedException("the approve " + sent.hash() + " took no effect: " + refused.reason(),
					null);
		}
		if (outcome instanceof ApprovalOutcome.Unknown unknown) {
			throw new ApprovalUnknownException("the approve " + sent.hash()
					+ " was sent and it is unknown whether it took effect: " + unknown.reason(), sent);
		}
	}

	private Session register(SentApproval sent) {
		Registration registration = sent.registration();
		try {
			RegisteredSession registered = this.retry.call(() -> this.facilitator.register(registration));
			if (registered.matches(registration)) {
				return new Session(this.plan, sent.spender(), registration, registered, this.facilitator);
			}
		}
		catch (FacilitatorException ex) {
			throw new SessionNotRegisteredException(
					"the approve " + sent.hash() + " took effect but was not registered: " + ex.getMessage(), sent, ex);
		}
		throw new SessionNotRegisteredException(
				"the approve " + sent.hash() + " took effect but was registered with other terms", sent, null);
	}

}
