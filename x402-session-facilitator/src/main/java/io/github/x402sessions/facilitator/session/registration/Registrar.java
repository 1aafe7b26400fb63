package io.github.x402sessions.facilitator.session.registration;

import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.facilitator.key.DerivationSecrets;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers sessions. An approval is public the moment it lands, so what is claimed about
 * it is read from the chain, and its recipient has to be on the operator's list or signed
 * for by the payer.
 * <p>
 * What a listed recipient without a signature cannot give is secrecy: whoever reads the
 * chain can register the approval for any listed recipient, or register it again, as if
 * they were the payer, and gets the session's token; only once something of the session
 * was used is the token not repeated. They cannot move money to themselves, only buy from
 * a listed recipient on the payer's account. A payer who signs is safe from that: a
 * signed session has a token of its own, which is given to nobody without the signature,
 * gives way to no unsigned one, and takes the place of an unsigned one of the same
 * approve, whatever that one's terms; what was used of it by then counts against the
 * signed cap. A session's key is one of the terms, fixed with the first signature of the
 * payer, which has to cover it. Thread-safe.
 */
public final class Registrar {

	private static final Logger logger = LoggerFactory.getLogger(Registrar.class);

	private final SessionRules rules;

	private final SessionRepository store;

	private final OwnerProofs owners;

	private final RegistrationGuard registrations;

	private final DerivationSecrets secrets;

	private final ServedSpenders spenders;

	/**
	 * Create a registrar.
	 * @param rules what the operator allows
	 * @param store keeps the sessions
	 * @param owners know whose signatures count
	 * @param registrations holds what is claimed against the chain
	 * @param secrets what tokens are made from
	 * @param roster knows what other nodes sign for
	 */
	public Registrar(SessionRules rules, SessionRepository store, OwnerProofs owners, RegistrationGuard registrations,
			DerivationSecrets secrets, SpenderRoster roster) {
		this.rules = rules;
		this.store = store;
		this.owners = owners;
		this.registrations = registrations;
		this.secrets = secrets;
		this.spenders = new ServedSpenders(rules, roster);
	}

	/**
	 * Register a session, or find the one that the same request has registered before.
	 * @param request what the payer claims
	 * @return the session and its token
	 * @throws RegistrationException if a rule is broken, or too much is going on
	 * @throws RpcException if the node does not answer; nothing was registered
	 */
	public Registration register(RegistrationRequest request) {
		Claim asked = Claim.of(request, this.rules);
		this.owners.require(request);
		Session known = known(asked);
		Claim claim = (known != null) ? asked.ofSpender(this.spenders.here(known.terms().spender())) : asked;
		if (known != null && !claim.replaces(known)) {
			return again(known, claim);
		}
		ClaimCheck.newSessionKey(claim.terms().sessionKey(), this.rules);
		Approval approval = this.registrations.approval(claim.terms().approval());
		return register(confirmed(claim, approval), approval);
	}

	/**
	 * Hold a claim against an approval, for a spender of this node's: another node may
	 * know more of them.
	 * @throws RegistrationException if they do not agree
	 */
	Claim confirmed(Claim claim, Approval approval) {
		this.spenders.here(approval.spender());
		return claim.confirmedBy(approval, this.rules);
	}

	private Registration register(Claim claim, Approval approval) {
		this.registrations.requirePayable(claim.terms().asset(), claim.terms().recipient());
		RetryWindow attempts = this.registrations.attempts();
		do {
			Session known = known(claim);
			if (known != null && !claim.replaces(known)) {
				return again(known, claim);
			}
			NewSession added = new NewSession(token(claim), claim.terms(), approval, claim.proven(), known);
			if (this.registrations.tryToAdd(added)) {
				return created(added);
			}
		}
		while (attempts.again());
		throw RegistrationException.notNow("the user's allowance is in motion; try again");
	}

	private Registration created(NewSession added) {
		SessionTerms terms = added.terms();
		logger.info("Session registered{}: cap {} of {} from {} to {}, until ledger {}, approve {}",
				(added.replaced() != null) ? " in place of one without a signature" : "", terms.cap(), terms.asset(),
				terms.payer(), terms.recipient(), terms.expirationLedger(), terms.approval());
		Session session = this.store.find(added.id()).orElseThrow();
		return new Registration(added.id(), session, true);
	}

	private Registration again(Session session, Claim claim) {
		SessionTerms known = session.terms();
		if (!Objects.equals(known.sessionKey(), claim.terms().sessionKey())) {
			throw RegistrationException
				.conflict("the approve already has a session with another 'sessionKey', or none");
		}
		if (!known.equals(claim.terms())) {
			throw RegistrationException.conflict("the approve already has a session with other terms");
		}
		if (session.proven() && !claim.proven()) {
			throw RegistrationException.conflict("the approve already has a session that its user signed for");
		}
		if (!claim.proven() && session.used().signum() > 0) {
			throw RegistrationException.conflict("the session is in use; its id is repeated only for a 'proof'");
		}
		if (claim.proven() && !session.proven()) {
			SessionId id = token(claim);
			if (!this.store.prove(session, id)) {
				throw RegistrationException.notNow("the session has just changed; try again");
			}
			logger.info("Session of approve {} is now signed for by its user", known.approval());
			return new Registration(id, session, false);
		}
		return new Registration(repeated(claim, session), session, false);
	}

	private @Nullable Session known(Claim claim) {
		Optional<Session> known = this.store.findByApproval(claim.terms().network(), claim.terms().approval());
		return known.orElse(null);
	}

	private SessionId token(Claim claim) {
		return SessionId.derive(this.secrets.sessionIds(claim.terms().spender()).get(0), claim.terms(), claim.proven());
	}

	/** The secret may be another one now: only the token counts that the session has. */
	private SessionId repeated(Claim claim, Session session) {
		return this.secrets.sessionIds(claim.terms().spender())
			.stream()
			.map((secret) -> SessionId.derive(secret, claim.terms(), claim.proven()))
			.filter((id) -> this.store.find(id).filter((found) -> found.key().equals(session.key())).isPresent())
			.findFirst()
			.orElseThrow(() -> RegistrationException
				.notNow("this node cannot tell the session's id, which followed from another secret; try again"));
	}

}
