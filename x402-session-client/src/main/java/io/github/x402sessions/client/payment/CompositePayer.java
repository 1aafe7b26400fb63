package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Several payers, of which the first that pays an offer does. If none does, the one that
 * came closest tells why, in the order of {@link DeclineReason}.
 *
 * @param payers the payers in the order in which they are asked, at least one
 */
public record CompositePayer(List<Payer> payers) implements Payer {

	/**
	 * Keep a copy of the payers.
	 * @throws IllegalArgumentException if there is none
	 */
	public CompositePayer {
		payers = List.copyOf(payers);
		if (payers.isEmpty()) {
			throw new IllegalArgumentException("there is no payer");
		}
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		CompletableFuture<PayerDecision> decision = this.payers.get(0).answer(offer);
		for (Payer next : this.payers.subList(1, this.payers.size())) {
			decision = decision.thenCompose((before) -> before.fold(PayerDecision::now,
					(declines) -> next.answer(offer).thenApply((then) -> closer(declines, then))));
		}
		return decision;
	}

	private static PayerDecision closer(PayerDecision.Declines before, PayerDecision then) {
		return then.fold((pays) -> pays,
				(declines) -> (declines.reason().compareTo(before.reason()) > 0) ? declines : before);
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.payers.stream().anyMatch((payer) -> payer.mayPayAt(url));
	}

}
