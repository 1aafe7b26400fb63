package io.github.x402sessions.facilitator.session.closing;

import java.util.Locale;
import java.util.Optional;

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
 * Closes sessions for their owners. What is on its way is still paid, nothing more; the
 * allowance on the chain is the owner's to take back. Closing again changes nothing, nor
 * does closing what has ended for another reason. Thread-safe.
 */
public final class SessionClosing {

	private final SessionRules rules;

	private final SessionRepository store;

	private final OwnerProofs owners;

	/**
	 * Create it.
	 * @param rules name the network
	 * @param store keeps the sessions
	 * @param owners know whose signatures count
	 */
	public SessionClosing(SessionRules rules, SessionRepository store, OwnerProofs owners) {
		this.rules = rules;
		this.store = store;
		this.owners = owners;
	}

	/**
	 * Close a session for its bearer.
	 * @param id its token
	 * @return the session, or empty if there is none
	 */
	public Optional<Session> close(SessionId id) {
		return this.store.find(id).map(this::end);
	}

	/**
	 * Close a session for whoever signs as its payer.
	 * @param approval the hash of the approval that it rests on, hex
	 * @param request the signature
	 * @return the session, or empty if there is none
	 * @throws RegistrationException if the signature is not the payer's
	 * @throws RpcException if the node does not say whether the payer's key still counts
	 */
	public Optional<Session> close(String approval, ClosingRequest request) {
		Optional<Session> session = this.store.findByApproval(this.rules.network(), approval.toLowerCase(Locale.ROOT));
		session.map(Session::terms).ifPresent((terms) -> {
			Parties parties = new Parties(terms.asset(), terms.payer(), terms.recipient());
			this.owners.requireSigned(parties, ClosingProof.message(terms), request.proof(),
					"'proof' is not the signature of the session's user");
		});
		return session.map(this::end);
	}

	private Session end(Session session) {
		this.store.end(session.key(), SessionEnd.CLOSED);
		return this.store.get(session.key());
	}

}
