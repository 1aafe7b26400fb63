package io.github.x402sessions.facilitator.settlement.repository;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Keeps who was told of which payment. Times are milliseconds since 1970. Implementations
 * are thread-safe.
 */
public interface DeliveryRepository {

	/**
	 * Find the payment under an identifier that moved money or still may.
	 * @param account the name of the account that pays
	 * @param paymentId the identifier
	 */
	Optional<KnownPayment> named(String account, String paymentId);

	/**
	 * Tell whether another payment that moved money or still may has a second name.
	 * @param account the name of the account that pays
	 * @param alias the second name
	 * @param paymentId the identifier that the other payment has not
	 */
	boolean isAliasTaken(String account, String alias, String paymentId);

	/**
	 * Find a payment without an identifier that moved money or still may, for which its
	 * caller does not wait any more, or its node is gone: of several one that nobody was
	 * told of, the oldest one.
	 * @param account the name of the account that pays
	 * @param terms the hash of what it pays
	 * @param oldest until when its caller waited at least
	 * @param now the time
	 */
	Optional<KnownPayment> unnamed(String account, String terms, long oldest, long now);

	/**
	 * Write down that somebody is told of a payment, unless somebody was before.
	 * @param settlement the payment's name in the books
	 * @param delivery the delivery's name
	 * @param waitedUntil until when the payment's caller waited; absent where that stays
	 * as it is
	 * @return whether nobody was
	 */
	boolean tell(String settlement, String delivery, @Nullable Long waitedUntil);

	/**
	 * Write down that the answer of a delivery has left.
	 * @param delivery the delivery, if it is still the last one
	 * @param waitedUntil until when the payment's caller waited
	 */
	void arrived(OutcomeDelivery delivery, long waitedUntil);

	/**
	 * Write down that a payment's caller waits no more, unless somebody was told.
	 * @param settlement the payment's name in the books
	 * @param waitedUntil until when it waited
	 */
	void leave(String settlement, long waitedUntil);

	/**
	 * Write down that nobody was told of a payment after all.
	 * @param delivery the delivery, if it is still the last one
	 * @param waitedUntil until when the payment's caller waited
	 * @return whether it was the last one
	 */
	boolean takeBack(OutcomeDelivery delivery, long waitedUntil);

}
