package io.github.x402sessions.facilitator.deferred;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Keeps commitments until they have ended. One is {@code COMMITTED}, then
 * {@code SUBMITTED} with the transaction that carries it, and {@code CONFIRMED} with it
 * or {@code COMMITTED} again; {@code DEFAULTED} and {@code WRITTEN_OFF} are ends of their
 * own. Each step is one of a unit of work of the caller's, and is taken at most once,
 * whichever node tries. Implementations are thread-safe.
 */
public interface CommitmentRepository {

	/**
	 * Find a commitment.
	 * @param id its name
	 * @return what became of it
	 */
	Optional<CommitmentState> find(String id);

	/**
	 * Read what is in no transaction, by its parties, the oldest first.
	 * @param count how many parties at most
	 */
	List<OpenCommitments> open(int count);

	/**
	 * Read the commitments between parties that are in no transaction, the oldest first.
	 * @param count how many at most
	 */
	List<Commitment> open(Parties parties, int count);

	/**
	 * Claim the redemption of what is open between parties, so that other nodes leave it
	 * alone.
	 * @param node this node's name
	 * @param term for how long
	 * @return whether it is this node's now
	 */
	boolean claim(Parties parties, String node, Duration term);

	/**
	 * Give a claim back.
	 * @param node this node's name
	 */
	void unclaim(Parties parties, String node);

	/**
	 * Write down that a transaction carries commitments.
	 * @param ids their names
	 * @param hash the transaction's hash
	 * @return whether all of them were in no transaction before; if not, the unit of work
	 * must not be kept
	 */
	boolean carry(List<String> ids, String hash);

}
