package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;

/**
 * Answers what servers offer, by one payment scheme or several: with a payload, or by
 * declining for a reason. A scheme is added by another kind of payer. It says what would
 * be paid and nothing more: the budget, the header and the events of a call are not its
 * own, and the client's listener hears of its payments without its doing. Limits on what
 * it pays beside that budget are its own. Thread-safe.
 */
@FunctionalInterface
public interface Payer {

	/**
	 * Answer an offer. Nobody may be made to wait: what takes its time, such as opening a
	 * session, has to do so in a thread of its own. An answer need not be used: a payment
	 * is made when its outcome is heard. A failure counts as declining.
	 * @param offer what a server offers
	 * @return what this payer does, as soon as that is known
	 */
	CompletableFuture<PayerDecision> answer(PaymentOffer offer);

	/**
	 * Tell whether something that this payer made for a call may be settled, whatever the
	 * server says. Then nobody else pays for the call.
	 * @param identifier the call's payment identifier
	 * @return whether it may, or was; {@code false} where what a server says is proof
	 */
	default boolean mayHavePaid(PaymentIdentifier identifier) {
		return false;
	}

	/**
	 * Tell before anything is asked whether requests to a URL may be paid.
	 * @param url the URL that is requested
	 * @return whether this payer may pay there; {@code false} if that is not known
	 */
	default boolean mayPayAt(URI url) {
		return false;
	}

}
