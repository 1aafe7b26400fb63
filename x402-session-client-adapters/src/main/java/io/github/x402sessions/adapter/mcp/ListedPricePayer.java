package io.github.x402sessions.adapter.mcp;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Has another payer pay for a tool in no other way, and no more, than the tool was listed
 * with.
 *
 * @param payer the payer
 * @param listed the ways to pay that it was listed with, at least one
 */
record ListedPricePayer(Payer payer, List<PaymentRequirements> listed) implements Payer {

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		PaymentRequired asked = offer.challenge();
		List<PaymentRequirements> fair = asked.accepts().stream().filter(this::isListed).toList();
		if (fair.isEmpty()) {
			return new PayerDecision.Declines(DeclineReason.PRICE, asked.accepts().get(0),
					"the server's list of tools has another price")
				.now();
		}
		PaymentRequired challenge = asked.withAccepts(fair);
		return this.payer.answer(new PaymentOffer(offer.url(), challenge, offer.identifier(), offer.named(),
				offer.method(), offer.body(), offer.servedAt()));
	}

	private boolean isListed(PaymentRequirements asked) {
		return this.listed.stream()
			.anyMatch((known) -> known.scheme().equals(asked.scheme()) && known.network().equals(asked.network())
					&& known.asset().equals(asked.asset()) && asked.isPayableWithin(known.baseUnits()));
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
