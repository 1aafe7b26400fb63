package io.github.x402sessions.facilitator.session.evidence;

import java.time.Duration;
import java.util.List;

/**
 * Keeps what payers have signed. Implementations are thread-safe.
 */
public interface EvidenceRepository {

	/** A moment's work, however much there is. */
	int FORGOTTEN_AT_ONCE = 1_000;

	/**
	 * Keep what was signed for a settlement, as a step of the unit of work that adds it.
	 * @param settlement the settlement's name in the books
	 * @param evidence what was signed
	 */
	void keep(String settlement, PaymentEvidence evidence);

	/**
	 * Find evidence, of one settlement or of all that a transaction carries.
	 * @param of the settlement's name in the books, or the transaction's hash
	 * @return what there is, the oldest first
	 */
	List<KeptEvidence> find(String of);

	/**
	 * Forget what is old, and not all of it at once: whoever pays meanwhile does not wait
	 * for it.
	 * @param retention how long evidence is kept
	 * @return how much was forgotten, at most {@value #FORGOTTEN_AT_ONCE}; if so much,
	 * there may be more
	 */
	int forget(Duration retention);

}
