package io.github.x402sessions.facilitator.session.registration;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import io.github.x402sessions.stellar.approval.ReceivedApproval;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Registers sessions whose approve is still to be sent: checks all that can be known
 * before, sends it, waits for its ledger and lets the {@link Registrar} do the rest from
 * what the chain says. Everything is tied to the hash of the user's own transaction, so
 * that the request can be repeated at any point, with the transaction or that hash.
 * Thread-safe.
 */
public final class SignedRegistrar {

	private final SessionRules rules;

	private final SessionRepository store;

	private final OwnerProofs owners;

	private final RegistrationGuard registrations;

	private final ApprovalTransactions approves;

	private final ApprovalSubmitter submitter;

	private final Registrar registrar;

	/**
	 * Create a registrar.
	 * @param rules what the operator allows
	 * @param store keeps the sessions
	 * @param owners know whose signatures count
	 * @param registrations knows what could be registered
	 * @param approves reads what was signed
	 * @param submitter sends it
	 * @param registrar registers what has landed
	 */
	public SignedRegistrar(SessionRules rules, SessionRepository store, OwnerProofs owners,
			RegistrationGuard registrations, ApprovalTransactions approves, ApprovalSubmitter submitter,
			Registrar registrar) {
		this.rules = rules;
		this.store = store;
		this.owners = owners;
		this.registrations = registrations;
		this.approves = approves;
		this.submitter = submitter;
		this.registrar = registrar;
	}

	/**
	 * Register a session, or find the one that the same request has registered before.
	 * @param request what the payer claims, with the approval or its hash
	 * @return the session and its token
	 * @throws RegistrationException if a rule is broken, or too much is going on, or the
	 * approval is still on its way
	 * @throws MalformedMessageException if the transaction is no approval
	 * @throws RpcException if the node does not answer; nothing was registered or sent
	 * @throws SigningException if the fee is ours and cannot be signed for now; nothing
	 * was sent
	 */
	public Registration register(RegistrationRequest request) {
		String envelope = request.transaction();
		if (envelope == null) {
			return this.registrar.register(request);
		}
		ReceivedApproval approve = this.approves.read(envelope);
		String hash = approve.approval().transaction();
		ClaimCheck.require(request.approvalTxHash() == null || hash.equalsIgnoreCase(request.approvalTxHash()),
				"'approvalTxHash' is not that of 'transaction'");
		RegistrationRequest named = request.of(hash);
		Claim claim = this.registrar.confirmed(Claim.of(named, this.rules), approve.approval());
		if (this.store.findByApproval(request.network(), hash).isPresent()) {
			return this.registrar.register(named);
		}
		this.owners.require(named);
		this.registrations.requirePayable(claim.terms().asset(), claim.terms().recipient());
		this.registrations.requireTime(claim.terms().expirationLedger(), this.registrations.latest());
		this.submitter.land(approve);
		return landed(named, hash);
	}

	private Registration landed(RegistrationRequest named, String hash) {
		try {
			return this.registrar.register(named);
		}
		catch (RpcException ex) {
			throw RegistrationException.onItsWay("the Stellar RPC gives no usable answer; try again", hash);
		}
		catch (RegistrationException ex) {
			throw ex.isTemporary() ? RegistrationException.onItsWay(String.valueOf(ex.getMessage()), hash) : ex;
		}
	}

}
