package io.github.x402sessions.client.opening.steps;

import java.time.Instant;

import io.github.x402sessions.client.approval.AllowanceNeed;
import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalStrategy;
import io.github.x402sessions.client.approval.Ledgers;
import io.github.x402sessions.client.approval.SentApproval;
import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.OpenedSession;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.facilitator.SessionBody;
import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.OpeningListener;
import io.github.x402sessions.client.opening.OpeningStep;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.opening.SessionOpeningException;
import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.jspecify.annotations.Nullable;

/**
 * Opens one session, step by step: ask who spends, prepare, sign, submit, register. Every
 * failure says how far it came.
 */
public final class SessionOpening {

	private final SessionPlan plan;

	private final FacilitatorSessionsClient facilitator;

	private final ApprovalStrategy strategy;

	private final RegistrationRetry retry;

	private final OpeningListener progress;

	public SessionOpening(SessionPlan plan, FacilitatorSessionsClient facilitator, ApprovalStrategy strategy,
			RegistrationRetry retry, OpeningListener progress) {
		this.plan = plan;
		this.facilitator = facilitator;
		this.strategy = strategy;
		this.retry = retry;
		this.progress = progress;
	}

	/**
	 * Open a session.
	 * @param spender the account that spends
	 * @param need what is approved: the cap, and what other sessions still need
	 * @param key what signs its payments; {@code null} for a session without a key
	 */
	public OpenedSession open(String spender, AllowanceNeed need, @Nullable SessionKeyPair key) {
		this.progress.on(OpeningStep.PREPARING, null);
		UnsignedApproval unsigned = prepare(spender, need);
		this.progress.on(OpeningStep.SIGNING, null);
		RegistrationBody registration = prove(unsigned, key);
		SignedApproval signed = sign(unsigned);
		this.progress.on(OpeningStep.WAITING_FOR_LEDGER, signed.hash());
		boolean left = this.strategy.endsAtTheFacilitator();
		SentApproval sent = new SentApproval(spender,
				left ? registration.withTransaction(signed.envelope()) : registration, signed, left, key);
		checkApproved(this.strategy.submit(signed), sent);
		return register(sent);
	}

	/** Go on where an opening got stuck. Nothing is signed. */
	public OpenedSession resume(SentApproval sent, boolean isUnknown) {
		if (!this.plan.fits(sent)) {
			throw new IllegalArgumentException("the approval " + sent.hash()
					+ " was made with other settings than this client's; it needs the same payer, network, asset, "
					+ "recipient and cap");
		}
		if (isUnknown) {
			this.progress.on(OpeningStep.WAITING_FOR_LEDGER, sent.hash());
			checkApproved(this.strategy.watch(sent.approval()), sent);
		}
		return register(sent);
	}

	private UnsignedApproval prepare(String spender, AllowanceNeed need) {
		try {
			return this.strategy.prepare(this.plan.approval(spender, need));
		}
		catch (FacilitatorException | ChainException ex) {
			throw new SessionNotOpenedException("nothing was signed: " + ex.getMessage(), ex);
		}
	}

	/** Before anything is sent, because a signer may refuse. */
	private RegistrationBody prove(UnsignedApproval unsigned, @Nullable SessionKeyPair key) {
		try {
			return this.plan.registration(unsigned.hashHex(), unsigned.expirationLedger(), key)
				.provenBy(this.plan.signer()::signMessage);
		}
		catch (RuntimeException ex) {
			throw new SessionNotOpenedException("nothing was sent: the signer did not sign the proof of ownership", ex);
		}
	}

	private SignedApproval sign(UnsignedApproval unsigned) {
		try {
			return unsigned
				.signedAs(this.plan.signer().signTransaction(unsigned.envelope(), this.plan.network().passphrase()));
		}
		catch (RuntimeException ex) {
			throw new SessionNotOpenedException("nothing was sent: the signer did not sign the approval", ex);
		}
	}

	private static void checkApproved(ApprovalOutcome outcome, SentApproval sent) {
		outcome.<SessionOpeningException>orThrow(
				(refused) -> new SessionNotOpenedException(
						"the approval " + sent.hash() + " took no effect: " + refused.reason(), null),
				(unknown) -> new ApprovalUnknownException("the approval " + sent.hash()
						+ " was sent and it is unknown whether it took effect: " + unknown.reason(), sent));
	}

	public OpenedSession register(SentApproval sent) {
		this.progress.on(OpeningStep.REGISTERING, sent.hash());
		RegistrationBody registration = sent.registration();
		try {
			SessionBody registered = this.retry.call(() -> this.facilitator.register(registration));
			if (registered.matches(registration)) {
				requireKey(registered, sent);
				this.progress.on(OpeningStep.OPEN, sent.hash());
				return OpenedSession.of(registered.sessionId(), sent.spender(), registration, expiresAt(), sent.key());
			}
		}
		catch (FacilitatorException ex) {
			throw notRegistered(sent, ex);
		}
		throw new SessionNotRegisteredException(
				"the approval " + sent.hash() + " took effect but was registered with other terms", sent, null);
	}

	/** A session that anybody could spend who sees its id is none that was asked for. */
	private void requireKey(SessionBody registered, SentApproval sent) {
		if (!registered.hasKeyOf(sent.registration())) {
			this.facilitator.close(registered.sessionId());
			throw new SessionNotRegisteredException(
					"the approval " + sent.hash()
							+ " took effect but was registered without the session's key, and the session was closed",
					sent, null);
		}
	}

	/** Where the facilitator was to send it, nothing it says proves that it did not. */
	private static UnregisteredApprovalException notRegistered(SentApproval sent, FacilitatorException ex) {
		return sent.leftToFacilitator()
				? new ApprovalUnknownException(
						"the approval " + sent.hash() + " was given to the facilitator and it is "
								+ "unknown whether it took effect: " + ex.getMessage(),
						sent)
				: new SessionNotRegisteredException(
						"the approval " + sent.hash() + " took effect but was not registered: " + ex.getMessage(), sent,
						ex);
	}

	private Instant expiresAt() {
		return this.plan.payments().clock().instant().plus(Ledgers.last(this.plan.ledgers()));
	}

}
