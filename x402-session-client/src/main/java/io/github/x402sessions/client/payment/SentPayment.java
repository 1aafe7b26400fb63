package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.message.PaymentForm;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * One payment on its way.
 *
 * @param text the payment as it is sent, such as the value of the payment header; may
 * hold a secret
 * @param challenge what it answers
 * @param accepted the way to pay that was chosen
 * @param asset what it is paid with
 * @param outcomes hears what becomes of it
 * @param renewedAfter reasons to refuse it after which it is made once more
 * @param shares what it takes of the budgets
 * @param madeAt when it was made
 */
record SentPayment(String text, PaymentRequired challenge, PaymentRequirements accepted, Asset asset,
		Consumer<PaymentEvent.Outcome> outcomes, Set<String> renewedAfter, BudgetShares shares, Instant madeAt) {

	/**
	 * Make a payment, or tell why it cannot be made.
	 * @param offer the offer that it is for
	 * @param pays what the payer pays
	 * @param renewed the refused one that it is made in place of, if any; the same has
	 * its share of the budget already
	 * @param budgets of which another takes its shares
	 * @param form what it is sent as
	 */
	static Optional<SentPayment> of(PaymentOffer offer, PayerDecision.Pays pays, @Nullable SentPayment renewed,
			List<Budget> budgets, PaymentForm form) {
		PaymentRequirements accepted = pays.accepted();
		Optional<BudgetShares> shares = (renewed != null && renewed.meets(accepted))
				? Optional.of(renewed.shares().handedOn()) : BudgetShares.take(budgets, accepted);
		if (shares.isEmpty()) {
			pays.outcomes().accept(new PaymentEvent.Declined(offer.url(), DeclineReason.BUDGET, accepted));
			return Optional.empty();
		}
		PaymentEvent.Declined failure;
		try {
			Optional<String> text = text(offer, pays, form);
			if (text.isPresent()) {
				return Optional.of(new SentPayment(text.get(), offer.challenge(), accepted, pays.asset(),
						pays.outcomes(), pays.renewedAfter(), shares.get(), Instant.now()));
			}
			failure = new PaymentEvent.Declined(offer.url(), DeclineReason.TOO_LONG, accepted);
		}
		catch (PayerDecision.NotMadeException ex) {
			pays.outcomes().accept(new PaymentEvent.Declined(offer.url(), ex.reason(), accepted, ex.getMessage()));
			if (!ex.isSigned()) {
				shares.get().giveBack();
			}
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			GuardedPayer.log(ex);
			failure = new PaymentEvent.Declined(offer.url(), DeclineReason.PAYER_FAILED, accepted);
		}
		shares.get().giveBack();
		pays.outcomes().accept(failure);
		return Optional.empty();
	}

	/** The payment, or empty if what has to be repeated of the challenge is too long. */
	private static Optional<String> text(PaymentOffer offer, PayerDecision.Pays pays, PaymentForm form) {
		PaymentRequired challenge = offer.challenge();
		PaymentPayload payment = PaymentPayload.of(challenge.resource(), pays.accepted(), pays.payload().get());
		Map<String, @Nullable Object> extensions = offer.identifier().in(challenge.extensions());
		Map<String, @Nullable Object> shorter = PaymentExtensions.withoutSchemas(extensions);
		return Stream.of(extensions, shorter, PaymentExtensions.withoutOffers(shorter))
			.map((echo) -> form.write(payment.withExtensions(echo)))
			.filter((text) -> text.length() <= form.longestPayment())
			.findFirst();
	}

	/** Whether the server charges the same request once, however often it gets it. */
	boolean isRepeatable() {
		return PaymentExtensions.offersIdentifiers(this.challenge);
	}

	/** Whether a server that asks this wants the same payment, made anew. */
	boolean isRenewedBy(PaymentRequired asked) {
		return asked.error() != null && this.renewedAfter.contains(asked.error())
				&& asked.accepts().stream().anyMatch(this::meets);
	}

	/**
	 * Whether it is what the server asks now, apart from what may be new every time.
	 */
	boolean meets(PaymentRequirements asked) {
		return this.accepted.scheme().equals(asked.scheme()) && this.accepted.network().equals(asked.network())
				&& this.accepted.asset().equals(asked.asset()) && this.accepted.payTo().equals(asked.payTo())
				&& this.accepted.amount().equals(asked.amount());
	}

	BigInteger amount() {
		return this.accepted.baseUnits();
	}

	@Override
	public String toString() {
		return "SentPayment[amount=" + this.asset.describe(amount()) + "]";
	}

}
