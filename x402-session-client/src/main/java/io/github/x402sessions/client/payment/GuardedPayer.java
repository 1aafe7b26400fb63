package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A payer whose failures do not become those of a paid call: where it fails to answer it
 * declines. What it throws is logged without its message, which may hold a secret.
 *
 * @param payer the payer
 */
record GuardedPayer(Payer payer) implements Payer {

	private static final Logger logger = LoggerFactory.getLogger(GuardedPayer.class);

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		try {
			return this.payer.answer(offer).thenApply(GuardedPayer::guarded).exceptionally(GuardedPayer::failed);
		}
		catch (RuntimeException ex) {
			return failed(ex).now();
		}
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		return this.payer.mayHavePaid(identifier);
	}

	@Override
	public boolean mayPayAt(URI url) {
		try {
			return this.payer.mayPayAt(url);
		}
		catch (RuntimeException ex) {
			log(ex);
			return false;
		}
	}

	private static PayerDecision guarded(PayerDecision decision) {
		return decision.fold((pays) -> pays.withOutcomes((outcome) -> tell(pays, outcome)), (declines) -> declines);
	}

	private static void tell(PayerDecision.Pays pays, PaymentEvent.Outcome outcome) {
		try {
			pays.outcomes().accept(outcome);
		}
		catch (RuntimeException ex) {
			log(ex);
		}
	}

	private static PayerDecision failed(Throwable failure) {
		log((failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure);
		return new PayerDecision.Declines(DeclineReason.PAYER_FAILED, null);
	}

	/** Without its message, which may hold a secret. */
	static void log(Throwable failure) {
		logger.warn("A payer failed: {}", failure.getClass().getName());
	}

}
