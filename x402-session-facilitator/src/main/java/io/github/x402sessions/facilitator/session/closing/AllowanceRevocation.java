package io.github.x402sessions.facilitator.session.closing;

import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.registration.ApprovalSubmitter;
import io.github.x402sessions.facilitator.session.registration.ClaimCheck;
import io.github.x402sessions.facilitator.session.registration.RegistrationException;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import io.github.x402sessions.stellar.approval.ReceivedApproval;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Closes a session and sends the approval by which its payer takes the allowance back, so
 * that who pays needs no Stellar RPC for that either. Doing it again, with whatever
 * outcome the first time had, sends at most the same transaction again. Thread-safe.
 */
public final class AllowanceRevocation {

	private final SessionRepository store;

	private final SessionClosing closing;

	private final ApprovalTransactions approves;

	private final ApprovalSubmitter submitter;

	/**
	 * Create it.
	 * @param store keeps the sessions
	 * @param closing closes them
	 * @param approves reads what was signed
	 * @param submitter sends it
	 */
	public AllowanceRevocation(SessionRepository store, SessionClosing closing, ApprovalTransactions approves,
			ApprovalSubmitter submitter) {
		this.store = store;
		this.closing = closing;
		this.approves = approves;
		this.submitter = submitter;
	}

	/**
	 * Close a session for its bearer, send the approval and wait for its ledger.
	 * @param id the session's token
	 * @param request the approval, signed by the session's payer
	 * @return the session, or empty if there is none
	 * @throws RegistrationException if it is no approve of that payer's, asset and
	 * spender, the network refuses it, or no ledger has it yet
	 * @throws MalformedMessageException if the transaction is no approval, or its fee is
	 * not worth paying
	 * @throws RpcException if the node does not answer
	 */
	public Optional<Session> close(SessionId id, RevocationRequest request) {
		Optional<Session> found = this.store.find(id);
		if (found.isEmpty()) {
			return found;
		}
		ReceivedApproval approve = this.approves.read(request.transaction());
		ClaimCheck.require(isOf(found.get().terms(), approve.approval()),
				"'transaction' is not an approve of the session's user, asset and spender");
		Optional<Session> closed = this.closing.settled(id);
		this.submitter.land(approve);
		return closed;
	}

	private static boolean isOf(SessionTerms terms, Approval approval) {
		return terms.payer().equals(approval.from()) && terms.asset().equals(approval.asset())
				&& terms.spender().equals(approval.spender());
	}

}
