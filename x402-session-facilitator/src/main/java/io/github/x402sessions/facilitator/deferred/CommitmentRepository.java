package io.github.x402sessions.facilitator.deferred;

import java.util.Optional;

/**
 * Keeps commitments. One is {@code COMMITTED}, then {@code SUBMITTED} with the
 * transaction that carries it, and {@code CONFIRMED} with it or {@code COMMITTED} again;
 * {@code DEFAULTED} and {@code WRITTEN_OFF} are ends of their own. What is {@code HELD}
 * becomes one, or {@code RELEASED}. Implementations are thread-safe.
 */
public interface CommitmentRepository {

	/**
	 * Find a commitment.
	 * @param id its name
	 * @return what became of it
	 */
	Optional<CommitmentState> find(String id);

}
