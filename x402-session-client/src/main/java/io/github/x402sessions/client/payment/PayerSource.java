package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.payment.session.SessionPayer;
import io.github.x402sessions.core.protocol.PaymentRequired;

/**
 * Finds who pays a challenge.
 */
@FunctionalInterface
public interface PayerSource {

	/**
	 * Find a payer. May take its time, such as to open a session.
	 * @param url the URL that was requested
	 * @param challenge what the server asks
	 * @return who may pay it, by rules of its own, or empty if there is nobody
	 */
	Optional<SessionPayer> payerFor(URI url, PaymentRequired challenge);

	/**
	 * Find a payer without making anybody wait. What takes its time has to do so in a
	 * thread of its own.
	 * @param url the URL that was requested
	 * @param challenge what the server asks
	 * @return who may pay it, as soon as that is known
	 */
	default CompletableFuture<Optional<SessionPayer>> payerLater(URI url, PaymentRequired challenge) {
		return CompletableFuture.completedFuture(payerFor(url, challenge));
	}

	/**
	 * Tell before anything is asked whether requests to a URL may be paid.
	 * @param url the URL that is requested
	 * @return whether somebody may pay there; {@code false} if that is not known
	 */
	default boolean mayPayAt(URI url) {
		return false;
	}

}
