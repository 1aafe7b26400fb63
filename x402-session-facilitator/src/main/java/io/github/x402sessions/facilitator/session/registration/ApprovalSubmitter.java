package io.github.x402sessions.facilitator.session.registration;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.approval.ApprovalLookup;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.approval.ReceivedApproval;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.Submission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a payer's approve and waits until a ledger has it. Whether it has is only ever
 * read from the chain, so that doing this again, with whatever outcome the first time
 * had, sends at most the same transaction again. Thread-safe.
 */
public final class ApprovalSubmitter {

	private static final Logger logger = LoggerFactory.getLogger(ApprovalSubmitter.class);

	/** Each holds a thread for about a ledger. */
	private static final int AT_ONCE = 64;

	/** How far a node lags behind what it has applied. */
	private static final Duration LAG = Duration.ofSeconds(3);

	/** What a node may not have seen yet of an account's transactions. */
	private static final long MAX_AHEAD = 3;

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final Approvals approvals;

	private final ApprovalTransactions approves;

	private final Polling polling;

	private final Duration deadline;

	private final boolean sponsored;

	private final Semaphore working = new Semaphore(AT_ONCE);

	/**
	 * Create it.
	 * @param rpc the node to send to
	 * @param chain knows accounts
	 * @param approvals knows what has landed
	 * @param approves makes the envelopes
	 * @param polling the pause between two questions to the node
	 * @param deadline how long a ledger is waited for
	 * @param sponsored whether the fees are ours
	 */
	public ApprovalSubmitter(StellarRpc rpc, LedgerState chain, Approvals approvals, ApprovalTransactions approves,
			Polling polling, Duration deadline, boolean sponsored) {
		this.rpc = rpc;
		this.chain = chain;
		this.approvals = approvals;
		this.approves = approves;
		this.polling = polling;
		this.deadline = deadline;
		this.sponsored = sponsored;
	}

	/**
	 * Send an approval, unless the chain has it already.
	 * @throws RegistrationException if the network refuses it, or no ledger has it yet
	 * @throws MalformedMessageException if its fee is not worth paying
	 * @throws RpcException if the node does not answer; nothing was sent
	 */
	public void land(ReceivedApproval approve) {
		String hash = approve.approval().transaction();
		if (hasLanded(hash)) {
			return;
		}
		if (!this.working.tryAcquire()) {
			throw RegistrationException.notNow("too many registrations at once; try again");
		}
		try {
			send(approve, this.approves.envelope(approve, this.sponsored), hash);
		}
		finally {
			this.working.release();
		}
	}

	private void send(ReceivedApproval approve, String envelope, String hash) {
		RetryWindow attempts = new RetryWindow(this.deadline, this.polling);
		boolean taken = false;
		do {
			try {
				taken = taken || offer(approve, envelope, hash);
				if (hasLanded(hash)) {
					return;
				}
			}
			catch (RpcException ex) {
				logger.warn("The approve {} may be on its way: {}", hash, ex.getMessage());
			}
		}
		while (attempts.again());
		throw RegistrationException.onItsWay("no ledger has the approve yet; try again", hash);
	}

	/** Offer it, always the same bytes. */
	private boolean offer(ReceivedApproval approve, String envelope, String hash) {
		Submission answer = this.rpc.send(envelope);
		return switch (answer.status()) {
			case PENDING, DUPLICATE -> true;
			case TRY_AGAIN_LATER -> false;
			case ERROR -> {
				if (hasLanded(hash)) {
					yield true;
				}
				if (answer.isBadSequence() && isAhead(approve)) {
					yield false;
				}
				if (!(answer.isBadSequence() && landsAfterAll(hash))) {
					logger.info("The approve {} was refused by the network: {}", hash, answer.errorCode());
					throw RegistrationException.refused("'transaction' " + NetworkRefusal.sentence(answer.errorCode()));
				}
				yield true;
			}
		};
	}

	/**
	 * A number just after the account's is refused by a node that lags, which is no end.
	 * One far ahead has a gap before it, and no ledger will take it.
	 */
	private boolean isAhead(ReceivedApproval approve) {
		return this.chain.account(approve.approval().from())
			.map((account) -> approve.sequence() - account.sequence())
			.filter((ahead) -> ahead > 0 && ahead <= MAX_AHEAD)
			.isPresent();
	}

	/**
	 * A number that is used up may be used up by this very transaction, which the node
	 * shows only a moment later.
	 */
	private boolean landsAfterAll(String hash) {
		RetryWindow attempts = new RetryWindow((this.deadline.compareTo(LAG) < 0) ? this.deadline : LAG, this.polling);
		while (attempts.again()) {
			if (hasLanded(hash)) {
				return true;
			}
		}
		return false;
	}

	private boolean hasLanded(String hash) {
		return this.approvals.find(hash).fold((found) -> true, (notFound) -> false, (other) -> {
			throw RegistrationException.refused("'transaction': " + other.reason());
		});
	}

}
