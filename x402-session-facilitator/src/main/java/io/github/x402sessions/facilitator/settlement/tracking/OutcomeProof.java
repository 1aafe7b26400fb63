package io.github.x402sessions.facilitator.settlement.tracking;

import java.util.Optional;

import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Proof of the end of one transaction, from closed ledgers, as one node tells them.
 */
final class OutcomeProof {

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final SubmittedTransaction submitted;

	private final SignedTransaction transaction;

	private boolean over;

	OutcomeProof(StellarRpc rpc, LedgerState chain, SubmittedTransaction submitted) {
		this.rpc = rpc;
		this.chain = chain;
		this.submitted = submitted;
		this.transaction = submitted.transaction();
	}

	/** Tell whether no ledger can apply it any more, though it may have been applied. */
	boolean isOver() {
		return this.over;
	}

	/**
	 * Ask the node.
	 * @param everySequence whether another transaction may have used the sequence number
	 * @return the end, or {@code null} if it proves none
	 * @throws RpcException if there is no usable answer
	 */
	TrackingResult.@Nullable Decided find(boolean everySequence) {
		TransactionLookup found = this.rpc.transaction(this.transaction.hash());
		if (found.status() != Status.NOT_FOUND) {
			return applied(found);
		}
		if (found.latestCloseTime() > this.transaction.maxTime()) {
			this.over = true;
			return reachesBack(found) ? secondLook("its time is over", found.latestLedger())
					: judgeByUnusedSequence(found.latestLedger());
		}
		return everySequence ? judgeBySequence() : null;
	}

	/**
	 * A node that no longer has the ledgers still has the account: if its number was not
	 * used by a ledger after the last one that could, it never was.
	 */
	private TrackingResult.@Nullable Decided judgeByUnusedSequence(long lateLedger) {
		return this.chain.account(this.transaction.source())
			.filter((account) -> account.ledger() >= lateLedger && account.sequence() < this.transaction.sequence())
			.map((account) -> new TrackingResult.Decided(Outcome.dead("its time is over")))
			.orElse(null);
	}

	/** A number that another transaction has used can never be used by this one. */
	private TrackingResult.@Nullable Decided judgeBySequence() {
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
	private TrackingResult.@Nullable Decided secondLook(String proof, long provenLedger) {
		TransactionLookup found = this.rpc.transaction(this.transaction.hash());
		if (found.status() != Status.NOT_FOUND) {
			return applied(found);
		}
		boolean proven = found.latestLedger() >= provenLedger && reachesBack(found);
		return proven ? new TrackingResult.Decided(Outcome.dead(proof)) : null;
	}

	private boolean reachesBack(TransactionLookup found) {
		return found.oldestLedger() <= this.submitted.ledger() && this.submitted.ledger() <= found.latestLedger();
	}

	private static TrackingResult.Decided applied(TransactionLookup found) {
		return new TrackingResult.Decided(
				(found.status() == Status.SUCCESS) ? Outcome.confirmed(found.ledger()) : Outcome.failed(found.ledger()),
				found.feeCharged());
	}

}
