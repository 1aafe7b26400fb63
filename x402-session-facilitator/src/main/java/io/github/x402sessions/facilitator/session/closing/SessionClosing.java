package io.github.x402sessions.facilitator.session.closing;

import java.util.Locale;
import java.util.Optional;

import io.github.x402sessions.facilitator.deferred.PromisedPayments;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.registration.OwnerProofs;
import io.github.x402sessions.facilitator.session.registration.RegistrationException;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Closes sessions for their owners. What is on its way or promised is still paid, nothing
 * more, and the owner is not told that it is over before what is promised has ended: the
 * allowance on the chain is the owner's to take back, who would be in default then.
 * Closing again changes nothing, nor does closing what has ended for another reason.
 * Thread-safe.
 */
public final class SessionClosing {

	private final SessionRules rules;

	private final SessionRepository store;

	private final OwnerProofs owners;

	private final PromisedPayments promised;

	/**
	 * Create it.
	 * @param rules name the network
	 * @param store keeps the sessions
	 * @param owners know whose signatures count
	 * @param promised makes the payments that a session has promised
	 */
	public SessionClosing(SessionRules rules, SessionRepository store, OwnerProofs owners, PromisedPayments promised) {
		this.rules = rules;
		this.store = store;
		this.owners = owners;
		this.promised = promised;
	}

	/**
	 * Close a session for its bearer.
	 * @param id its token
	 * @return the session, or empty if there is none
	 * @throws RegistrationException if a payment that it has promised has not ended in
	 * time: closing it again waits for that
	 */
	public Optional<Session> close(SessionId id) {
		return this.store.find(id).map(this::end);
	}

	/**
	 * Close a session for its bearer, who takes the allowance back next.
	 * @param id its token
	 * @return the session, or empty if there is none
	 * @throws RegistrationException if a payment that it has promised has not ended in
	 * time, or is in default: without the allowance nothing of that could be paid
	 */
	Optional<Session> settled(SessionId id) {
		Optional<Session> session = close(id);
		if (session.filter((closed) -> closed.committed().signum() > 0).isPresent()) {
			throw RegistrationException.notNow("the session still owes what it has promised: the allowance stands");
		}
		return session;
	}

	/**
	 * Close a session for whoever signs as its payer.
	 * @param approval the hash of the approval that it rests on, hex
	 * @param request the signature
	 * @return the session, or empty if there is none
	 * @throws RegistrationException if the signature is not the payer's, or a payment
	 * that it has promised has not ended in time
	 * @throws RpcException if the node does not say whether the payer's key still counts
	 */
	public Optional<Session> close(String approval, ClosingRequest request) {
		Optional<Session> session = this.store.findByApproval(this.rules.network(), approval.toLowerCase(Locale.ROOT));
		session.map(Session::terms).ifPresent((terms) -> {
			Parties parties = terms.parties();
			this.owners.requireSigned(parties, ClosingProof.message(terms), request.proof(),
					"'proof' is not the signature of the session's user");
		});
		return session.map(this::end);
	}

	private Session end(Session session) {
		this.store.end(session.key(), SessionEnd.CLOSED);
		if (!pay(this.store.get(session.key()))) {
			throw RegistrationException
				.notNow("the session is closed, but payments that it has promised are not settled yet");
		}
		return this.store.get(session.key());
	}

	private boolean pay(Session ended) {
		return ended.reserved().signum() == 0 || this.promised.pay(ended.key(), ended.terms().parties());
	}

}
