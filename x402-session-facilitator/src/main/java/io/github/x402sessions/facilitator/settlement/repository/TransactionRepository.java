package io.github.x402sessions.facilitator.settlement.repository;

import java.util.List;
import java.util.Optional;

import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps transactions: {@code OPEN} from before they are sent, perhaps {@code OVER} when
 * no ledger can apply them any more but it is not known whether one has, and then
 * {@code CONFIRMED | FAILED | DEAD}. Each step is taken at most once, whichever node
 * tries. Implementations are thread-safe.
 */
public interface TransactionRepository {

	/** Add a transaction that is open. */
	void add(SubmittedTransaction submitted);

	/**
	 * Write down that no ledger can apply a transaction any more: its channel is free.
	 */
	void over(String hash);

	/**
	 * Say what the books know of the end of a transaction that the chain no longer tells:
	 * somebody has written it down, or a ledger holds another one of ours with the same
	 * number of the same account, which proves that this one is in none.
	 * @return its end, or {@code null} if it is open
	 */
	@Nullable TrackingResult trackingResult(SignedTransaction transaction);

	/**
	 * Write down how a transaction has ended.
	 * @return whether it was open before
	 */
	boolean end(String hash, Outcome outcome);

	/**
	 * Write down that a transaction has ended otherwise than the books say.
	 * @param said the status in the books
	 * @return whether it still had that
	 */
	boolean correct(String hash, String said, Outcome outcome);

	/** Return the transactions that have ended with settlements that have not. */
	List<Ended> unconcluded();

	/** Find a transaction whose end is open. */
	Optional<SubmittedTransaction> find(String hash);

	/** Find a transaction that has ended as the books say. */
	Optional<SubmittedTransaction> ended(String hash, String status);

	/**
	 * Take over the transactions whose outcome is open and whose node is gone.
	 * @return those, which are this node's to follow now
	 */
	List<SubmittedTransaction> claim();

	/**
	 * Return the transactions of this node whose outcome has been open for a while.
	 */
	List<SubmittedTransaction> own();

	/**
	 * Return how many transactions of this node a ledger may still apply, as far as it
	 * knows.
	 */
	int underWay();

	/**
	 * A transaction that has ended.
	 *
	 * @param hash its hash
	 * @param outcome its end
	 */
	record Ended(String hash, Outcome outcome) {
	}

}
