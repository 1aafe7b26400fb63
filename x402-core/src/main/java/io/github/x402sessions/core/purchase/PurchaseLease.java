package io.github.x402sessions.core.purchase;

/**
 * The hold of one request on its payment identifier. Where servers share a store it ends
 * by itself some time after its server has died, and another may claim the identifier;
 * whatever the first does from then on has no effect. Implementations are thread-safe and
 * may block. What their methods throw leaves open whether they have had an effect.
 */
public interface PurchaseLease {

	/**
	 * Note what becomes of the identifier if this server gives no further sign of life.
	 * @param otherwise what is known then
	 * @return {@code false} if the identifier is another's by now, or may be: what was to
	 * be done in its name must not be done
	 */
	boolean note(Purchase otherwise);

	/**
	 * Note how the purchase ended. May be called again, with the same or a later end.
	 * @param end what is known from now on
	 * @return {@code false} if the identifier is another's by now
	 * @throws AnswersUnavailableException if the store is out of reach; it is told later
	 * if that is possible
	 */
	boolean conclude(Purchase end);

	/** Free the identifier, whatever was noted: nothing was paid with it. */
	void release();

}
