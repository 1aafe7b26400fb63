package io.github.x402sessions.client;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PayerSource;
import io.github.x402sessions.client.payment.session.SessionPayer;
import io.github.x402sessions.client.payment.session.SpendingRules;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Finds the session of whoever asks for money, where the asking is within the rules that
 * all sessions of a wallet share.
 *
 * @param plan what all sessions have in common
 * @param sessions the session of a recipient, as soon as there is one
 */
record WalletPayers(SessionPlan plan,
		Function<String, CompletableFuture<Optional<Session>>> sessions) implements PayerSource {

	@Override
	public Optional<SessionPayer> payerFor(URI url, PaymentRequired challenge) {
		return payerLater(url, challenge).join();
	}

	@Override
	public CompletableFuture<Optional<SessionPayer>> payerLater(URI url, PaymentRequired challenge) {
		if (!mayPayAt(url)) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		return challenge.accepts()
			.stream()
			.filter(this::isOurs)
			.map(PaymentRequirements::payTo)
			.findFirst()
			.map(this.sessions)
			.orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
			.thenApply((session) -> session.map(Session::payer));
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.plan.origins().contains(Origin.of(url));
	}

	private boolean isOurs(PaymentRequirements asked) {
		try {
			return SpendingRules.SCHEME.equals(asked.scheme()) && this.plan.network().id().equals(asked.network())
					&& this.plan.asset().id().equals(asked.asset()) && asked.baseUnits().signum() > 0
					&& asked.baseUnits().compareTo(this.plan.maxPerCall()) <= 0;
		}
		catch (MalformedMessageException ex) {
			return false;
		}
	}

}
