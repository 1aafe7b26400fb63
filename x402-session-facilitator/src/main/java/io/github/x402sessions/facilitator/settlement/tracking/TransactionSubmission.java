package io.github.x402sessions.facilitator.settlement.tracking;

import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.CallDeadline;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.Submission;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction on its way through the network. While its caller waits it is offered
 * again, always the same bytes, until a queue takes it; for a caller who has gone nothing
 * is offered any more, only looked at. It counts as ended only when closed ledgers prove
 * it.
 */
public final class TransactionSubmission {

	private static final Logger logger = LoggerFactory.getLogger(TransactionSubmission.class);

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final RejectionEffects refusals;

	private final SubmittedTransaction submitted;

	private final SignedTransaction transaction;

	private final SettleDeadline caller;

	private final OutcomeQuorum witnesses;

	private boolean over;

	private boolean accepted;

	private boolean badSequence;

	private boolean learnt;

	private int lookups;

	private int nextOffer = 1;

	public TransactionSubmission(StellarRpc rpc, LedgerState chain, RejectionEffects refusals,
			SubmittedTransaction submitted, SettleDeadline caller) {
		this.rpc = rpc;
		this.chain = chain;
		this.refusals = refusals;
		this.submitted = submitted;
		this.transaction = submitted.transaction();
		this.caller = caller;
		this.witnesses = new OutcomeQuorum(rpc.nodes(), chain, submitted);
	}

	/**
	 * Offer the transaction to the network if its caller still waits; whatever happens,
	 * its outcome is open.
	 */
	void offer() {
		if (!isWaitedFor()) {
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
	public @Nullable TrackingResult look() {
		this.lookups++;
		try {
			TrackingResult trackingResult = judge();
			if (trackingResult == null && !this.accepted && this.lookups >= this.nextOffer) {
				this.nextOffer = this.lookups * 2;
				offer();
			}
			return trackingResult;
		}
		catch (RpcException ex) {
			logger.warn("The outcome of transaction {} is not known yet: {}", this.transaction.hash(), ex.getMessage());
			return null;
		}
	}

	/** Tell whether its caller still waits. */
	boolean isWaitedFor() {
		return !this.caller.isOver();
	}

	/** Tell whether no ledger can apply it any more, though it may have been applied. */
	boolean isOver() {
		return this.over;
	}

	private @Nullable TrackingResult judge() {
		OutcomeProof proof = new OutcomeProof(this.rpc, this.chain, this.submitted);
		TrackingResult.Decided trackingResult = proof.find(this.badSequence);
		this.over = this.over || proof.isOver();
		return (trackingResult != null && this.witnesses.confirm(trackingResult.outcome())) ? trackingResult : null;
	}

}
