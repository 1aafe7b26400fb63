package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.payment.offer.OfferCheck;
import io.github.x402sessions.client.payment.offer.OfferVerdict;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A payer that pays no server whose signature under its offer is wrong. Where the
 * server's key has to be fetched first, that is done in a thread of its own, before
 * anything is signed.
 *
 * @param payer pays
 * @param check checks offers
 */
record CheckedPayer(Payer payer, OfferCheck check) implements Payer {

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		CompletableFuture<PayerDecision> decision = this.payer.answer(offer);
		return this.check.concerns(offer.challenge())
				? decision.thenApply((known) -> known.fold((pays) -> checked(offer, pays), (declines) -> declines))
				: decision;
	}

	private PayerDecision checked(PaymentOffer offer, PayerDecision.Pays pays) {
		Optional<OfferVerdict> known = this.check.known(offer.challenge(), pays.accepted(), offer.url());
		return known.isPresent() ? decided(known.get(), pays) : new PayerDecision.Pays(pays.accepted(), pays.asset(),
				() -> fetched(offer, pays), pays.outcomes(), pays.renewedAfter(), PayerDecision.IN_ITS_OWN_THREAD);
	}

	private static PayerDecision decided(OfferVerdict verdict, PayerDecision.Pays pays) {
		return verdict.refusal()
			.<PayerDecision>map((why) -> new PayerDecision.Declines(DeclineReason.OFFER, pays.accepted(), why))
			.orElse(pays);
	}

	private Map<String, @Nullable Object> fetched(PaymentOffer offer, PayerDecision.Pays pays) {
		String why = this.check.verdict(offer.challenge(), pays.accepted(), offer.url()).why();
		if (why != null) {
			throw new PayerDecision.NotMadeException(DeclineReason.OFFER, why, false, null);
		}
		return pays.payload().get();
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		return this.payer.mayHavePaid(identifier);
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.payer.mayPayAt(url);
	}

}
