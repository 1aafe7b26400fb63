package io.github.x402sessions.facilitator.settlement;

import java.util.Optional;

import io.github.x402sessions.facilitator.chain.AccountState;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.SignedTransaction;
import io.github.x402sessions.facilitator.rpc.CallDeadline;
import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.rpc.Submission;
import io.github.x402sessions.facilitator.rpc.TransactionLookup;
import io.github.x402sessions.facilitator.rpc.TransactionLookup.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction on its way through the network. While its caller waits it is offered
 * again, always the same bytes, until a queue takes it; for a caller who has gone nothing
 * is offered any more, only looked at. It counts as ended only when closed ledgers prove
 * it.
 */
final class Broadcast {

	private static final Logger logger = LoggerFactory.getLogger(Broadcast.class);

	private final StellarRpc rpc;

	private final Chain chain;

	private final Refusals refusals;

	private final Submitted submitted;

	private final SignedTransaction transaction;

	private final Patience caller;

	private boolean over;

	private boolean accepted;

	private boolean badSequence;

	private boolean learnt;

	private int lookups;

	private int nextOffer = 1;

	Broadcast(StellarRpc rpc, Chain chain, Refusals refusals, Submitted submitted, Patience caller) {
		this.rpc = rpc;
		this.chain = chain;
		this.refusals = refusals;
		this.submitted = submitted;
		this.transaction = submitted.transaction();
		this.caller = caller;
	}

	/**
	 * Offer the transaction to the network if its caller still waits; whatever happens,
	 * its outcome is open.
	 */
	void offer() {
		if (this.caller.isOver()) {
			return;
		}
		try {
			Submission answer = CallDeadline.within(this.caller.left(),
					() -> this.rpc.send(this.transaction.envelope()));
			this.accepted = answer.status() == Submission.Status.PENDING
					|| answer.status() == Submission.Status.DUPLICATE;
			this.badSequence = answer.isBadSequence();
			this.learnt = this.learnt || this.refusals.learn(answer);
			if (!this.accepted) {
				logger.warn("Transaction {} was not taken: {} {}", this.transaction.hash(), answer.status(),
						answer.errorCode());
			}
		}
		catch (RpcException ex) {
			logger.warn("Transaction {} may not have been sent: {}", this.transaction.hash(), ex.getMessage());
		}
	}

	/**
	 * Ask the chain, and offer the transaction again where no queue has taken it, less
	 * and less often.
	 * @return how it ended, or {@code null} if that is still open
	 */
	@Nullable Fate look() {
		this.lookups++;
		try {
			Fate fate = judge();
			if (fate == null && !this.accepted && this.lookups >= this.nextOffer) {
				this.nextOffer = this.lookups * 2;
				offer();
			}
			return fate;
		}
		catch (RpcException ex) {
			logger.warn("The outcome of transaction {} is not known yet: {}", this.transaction.hash(), ex.getMessage());
			return null;
		}
	}

	/** Tell whether no ledger can apply it any more, though it may have been applied. */
	boolean isOver() {
		return this.over;
	}

	private @Nullable Fate judge() {
		TransactionLookup found = this.rpc.transaction(this.transaction.hash());
		if (found.status() != Status.NOT_FOUND) {
			return applied(found);
		}
		if (found.latestCloseTime() > this.transaction.maxTime()) {
			this.over = true;
			return reachesBack(found) ? secondLook("its time is over", found.latestLedger())
					: judgeByUnusedSequence(found.latestLedger());
		}
		return this.badSequence ? judgeBySequence() : null;
	}

	/**
	 * A node that no longer has the ledgers still has the account: if its number was not
	 * used by a ledger after the last one that could, it never was.
	 */
	private @Nullable Fate judgeByUnusedSequence(long lateLedger) {
		return this.chain.account(this.transaction.source())
			.filter((account) -> account.ledger() >= lateLedger && account.sequence() < this.transaction.sequence())
			.<Fate>map((account) -> new Fate.Decided(Outcome.dead("its time is over")))
			.orElse(null);
	}

	/** A number that another transaction has used can never be used by this one. */
	private @Nullable Fate judgeBySequence() {
		Optional<AccountState> account = this.chain.account(this.transaction.source());
		if (account.isEmpty() || account.get().sequence() < this.transaction.sequence()) {
			return null;
		}
		TransactionLookup found = this.rpc.transaction(this.transaction.hash());
		if (found.status() != Status.NOT_FOUND) {
			return applied(found);
		}
		boolean proof = found.latestLedger() >= account.get().ledger() && reachesBack(found);
		return proof ? secondLook("another transaction has used its sequence number", account.get().ledger()) : null;
	}

	/**
	 * A node reads the transaction first and its range of ledgers second, so only a
	 * second look after the first proves that the range holds no such transaction.
	 */
	private @Nullable Fate secondLook(String proof, long provenLedger) {
		TransactionLookup found = this.rpc.transaction(this.transaction.hash());
		if (found.status() != Status.NOT_FOUND) {
			return applied(found);
		}
		boolean proven = found.latestLedger() >= provenLedger && reachesBack(found);
		return proven ? new Fate.Decided(Outcome.dead(proof)) : null;
	}

	private boolean reachesBack(TransactionLookup found) {
		return found.oldestLedger() <= this.submitted.ledger();
	}

	private static Fate applied(TransactionLookup found) {
		return new Fate.Decided(
				(found.status() == Status.SUCCESS) ? Outcome.confirmed(found.ledger()) : Outcome.failed(found.ledger()),
				found.feeCharged());
	}

}
