package io.github.x402sessions.facilitator.deferred.hold;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import org.jspecify.annotations.Nullable;

/**
 * Keeps held payments: rows of {@code settlement} that are {@code HELD}, then
 * {@code COMMITTED} or {@code RELEASED}, which one step alone makes them, whichever node
 * tries. Implementations are thread-safe.
 */
public interface HoldRepository {

	/** A moment's work. */
	int LAPSED_AT_ONCE = 200;

	/**
	 * Commit what was held, or less, as a step of a unit of work. From now on it waits to
	 * be redeemed, however long it was held.
	 * @param id its name
	 * @param amount what is paid, base units
	 * @param terms the hash of what is paid
	 * @param delivery that its caller is told of it; absent where the caller is told as
	 * often as it asks
	 * @return whether that much was held until now
	 */
	boolean commit(String id, BigInteger amount, String terms, @Nullable OutcomeDelivery delivery);

	/**
	 * Release what was held, as a step of a unit of work.
	 * @param id its name
	 * @param note why, for people
	 * @return whether it was held until now
	 */
	boolean release(String id, String note);

	/**
	 * Find where a payment is held under an identifier.
	 * @param paymentId the identifier
	 * @return the store's names for the accounts, which are several only where clients
	 * make up the same one
	 */
	List<String> accounts(String paymentId);

	/**
	 * Find what was held for long enough.
	 * @param grace how long ago its time was over
	 * @return the payments, at most {@value #LAPSED_AT_ONCE}, the oldest first
	 */
	List<HeldPayment> lapsed(Duration grace);

	/** Return how many payments are held that this node has taken. */
	int heldHere();

}
