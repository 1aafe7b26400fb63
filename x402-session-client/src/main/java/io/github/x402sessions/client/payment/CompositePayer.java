package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;

/**
 * Several payers, asked in turn. The next one is asked only where those before cannot pay
 * an offer at all; one that could and does not has the last word. If none can, the one
 * that came closest tells why, in the order of {@link DeclineReason}. A call that its
 * caller names stays with the payer that paid for it first. Thread-safe.
 */
final class CompositePayer implements Payer {

	/** Reasons of a payer that an offer is not for. */
	private static final Set<DeclineReason> NOT_CONCERNED = Set.of(DeclineReason.SCHEME, DeclineReason.NO_SESSION,
			DeclineReason.FEES, DeclineReason.TIMEOUT);

	private final List<Payer> payers;

	private final CallAffinity<Payer> first = new CallAffinity<>();

	/**
	 * Create a payer of several.
	 * @param payers the payers in the order in which they are asked, at least one
	 * @throws IllegalArgumentException if there is none
	 */
	CompositePayer(List<Payer> payers) {
		this.payers = List.copyOf(payers);
		if (this.payers.isEmpty()) {
			throw new IllegalArgumentException("there is no payer");
		}
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		return this.payers.stream()
			.filter((payer) -> payer.mayHavePaid(offer.identifier()))
			.findFirst()
			.or(() -> offer.named() ? this.first.find(offer.identifier()) : Optional.empty())
			.map((payer) -> answer(payer, offer))
			.orElseGet(() -> askInTurn(offer));
	}

	private CompletableFuture<PayerDecision> askInTurn(PaymentOffer offer) {
		CompletableFuture<PayerDecision> decision = answer(this.payers.get(0), offer);
		for (Payer next : this.payers.subList(1, this.payers.size())) {
			decision = decision.thenCompose(
					(before) -> before.fold(PayerDecision::now, (declines) -> NOT_CONCERNED.contains(declines.reason())
							? answer(next, offer).thenApply((then) -> closer(declines, then)) : declines.now()));
		}
		return decision;
	}

	private static PayerDecision closer(PayerDecision.Declines before, PayerDecision then) {
		return then.fold((pays) -> pays, (declines) -> (!NOT_CONCERNED.contains(declines.reason())
				|| declines.reason().compareTo(before.reason()) > 0) ? declines : before);
	}

	private CompletableFuture<PayerDecision> answer(Payer payer, PaymentOffer offer) {
		CompletableFuture<PayerDecision> decision = payer.answer(offer);
		return offer.named() ? decision
			.thenCompose((known) -> known.fold((pays) -> payFirst(payer, offer, pays), PayerDecision::now)) : decision;
	}

	/** Pay for a named call, unless somebody else was faster. */
	private CompletableFuture<PayerDecision> payFirst(Payer payer, PaymentOffer offer, PayerDecision.Pays pays) {
		PaymentIdentifier identifier = offer.identifier();
		Payer first = payer.mayHavePaid(identifier) ? payer : this.first.of(identifier, payer);
		return first.equals(payer)
				? pays.withOutcomes(pays.outcomes().andThen((outcome) -> this.first.hear(identifier, outcome))).now()
				: answer(first, offer);
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		return this.payers.stream().anyMatch((payer) -> payer.mayHavePaid(identifier));
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.payers.stream().anyMatch((payer) -> payer.mayPayAt(url));
	}

}
