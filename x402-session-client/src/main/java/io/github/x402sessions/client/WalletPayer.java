package io.github.x402sessions.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.SessionScheme;

/**
 * Pays with the session of whoever asks for money, where the asking is within the rules
 * that all sessions of a wallet share.
 *
 * @param plan what all sessions have in common
 * @param sessions the session for what is asked, as soon as there is one
 */
record WalletPayer(SessionPlan plan,
		Function<PaymentRequirements, CompletableFuture<Optional<Session>>> sessions) implements Payer {

	private static final PayerDecision NO_SESSION = new PayerDecision.Declines(DeclineReason.NO_SESSION, null);

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		if (!mayPayAt(offer.url())) {
			return new PayerDecision.Declines(DeclineReason.ORIGIN, offer.challenge().accepts().get(0)).now();
		}
		List<PaymentRequirements> ours = offer.challenge().accepts().stream().filter(this::isOurs).toList();
		if (ours.isEmpty()) {
			return NO_SESSION.now();
		}
		return ours.stream()
			.filter((asked) -> asked.isPayableWithin(this.plan.maxPerCall()))
			.findFirst()
			.map((asked) -> answer(asked, offer))
			.orElseGet(() -> new PayerDecision.Declines(DeclineReason.PRICE, ours.get(0)).now());
	}

	private CompletableFuture<PayerDecision> answer(PaymentRequirements asked, PaymentOffer offer) {
		return this.sessions.apply(asked)
			.thenCompose((session) -> session.map((open) -> open.answer(offer)).orElseGet(NO_SESSION::now));
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.plan.origins().contains(Origin.of(url));
	}

	private boolean isOurs(PaymentRequirements asked) {
		return SessionScheme.NAME.equals(asked.scheme()) && this.plan.network().id().equals(asked.network())
				&& this.plan.asset().id().equals(asked.asset());
	}

}
