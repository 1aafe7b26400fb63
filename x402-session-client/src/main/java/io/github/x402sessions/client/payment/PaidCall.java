package io.github.x402sessions.client.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.payment.message.PaymentChallenge;
import io.github.x402sessions.core.http.SingleValue;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller and what is paid for it: at most two payments under the same
 * payment identifier. The first answers a 402 or is made by a price learned earlier; the
 * second answers the refusal of that. An HTTP client asks {@link #prepayment()} before it
 * sends, {@link #answer(List, List)} whenever a 402 comes back, and tells at the end that
 * the call was {@link #answered(int, List, List) answered}, {@link #failed} or
 * {@link #notSent}. Over a transport without methods, such as MCP, what these take and
 * give is not the value of a header but the text of the same JSON object. For one thread
 * at a time.
 */
public final class PaidCall {

	private static final CompletableFuture<Optional<String>> NOTHING = CompletableFuture
		.completedFuture(Optional.empty());

	private final PaidCallFactory calls;

	private final CallSubject subject;

	private final Payer payer;

	private final List<Budget> budgets;

	private volatile @Nullable SentPayment payment;

	private volatile boolean answeredOnce;

	/** How many payments were made; guarded by this call. */
	private int payments;

	/** Whether the caller has its answer, and pays nothing more; guarded by this call. */
	private boolean ended;

	PaidCall(PaidCallFactory calls, CallSubject subject, Payer payer, List<Budget> budgets) {
		this.calls = calls;
		this.subject = subject;
		this.payer = payer;
		this.budgets = budgets;
	}

	/**
	 * Pay at once, where the price is known and nothing has to be waited for.
	 * @return the value of the {@code PAYMENT-SIGNATURE} header, a secret; or empty if
	 * the request is to be sent without
	 */
	public Optional<String> prepayment() {
		return this.calls.prices()
			.flatMap((prices) -> prices.find(this.subject.method(), this.subject.url()))
			.map((known) -> offer(known, null))
			.flatMap((offer) -> Optional.ofNullable(this.payer.answer(offer).getNow(null))
				.filter((decision) -> decision.maker().equals(PayerDecision.AT_ONCE))
				.flatMap((decision) -> pay(offer, decision, null)));
	}

	/**
	 * Answer a 402 of a server that does not say what time it is.
	 * @param challenges the values of its {@code PAYMENT-REQUIRED} header
	 * @return what {@link #answer(List, List)} returns
	 */
	public Optional<String> answer(List<String> challenges) {
		return answer(challenges, List.of());
	}

	/**
	 * Answer a 402: the first one, or the one that refuses the first payment for a reason
	 * that another one can mend. Waits where a session has to be opened for it.
	 * @param challenges the values of its {@code PAYMENT-REQUIRED} header
	 * @param dates the values of its {@code Date} header
	 * @return the value of the {@code PAYMENT-SIGNATURE} header to repeat the request
	 * with, a secret; or empty if the 402 is the caller's
	 */
	public Optional<String> answer(List<String> challenges, List<String> dates) {
		return answerLater(challenges, dates).join();
	}

	/**
	 * Answer a 402 without making the calling thread wait.
	 * @param challenges the values of its {@code PAYMENT-REQUIRED} header
	 * @param dates the values of its {@code Date} header
	 * @return what {@link #answer(List, List)} returns, as soon as that is known
	 */
	public CompletableFuture<Optional<String>> answerLater(List<String> challenges, List<String> dates) {
		SentPayment refused = this.payment;
		Optional<PaymentRequired> challenge = PaymentChallenge.read(this.subject.form(), challenges,
				this.subject.url());
		boolean renewing = refused != null && !isPaidTwice() && challenge.filter(refused::isRenewedBy).isPresent();
		if (this.answeredOnce && !renewing) {
			return NOTHING;
		}
		this.answeredOnce = true;
		if (challenge.isEmpty()) {
			decline(DeclineReason.UNREADABLE, null);
			return NOTHING;
		}
		if (refused != null) {
			this.calls.prices().ifPresent((prices) -> prices.forget(this.subject.method(), this.subject.url()));
			if (!renewing && challenge.get().accepts().stream().anyMatch(refused::meets)) {
				decline(DeclineReason.PAID_BEFORE, null);
				return NOTHING;
			}
		}
		PaymentOffer offer = offer(challenge.get(), SingleValue.date(dates).orElse(null));
		SentPayment renewed = renewing ? refused : null;
		return this.payer.answer(offer)
			.thenCompose(
					(decision) -> CompletableFuture.supplyAsync(() -> pay(offer, decision, renewed), decision.maker()));
	}

	/** The body of the request cannot be sent again, so a 402 is the caller's. */
	public void cannotRepeat() {
		this.answeredOnce = true;
		decline(DeclineReason.BODY, null);
	}

	/**
	 * Return whether the request with the payment in it may be made again, and is charged
	 * once.
	 * @return whether the server offered that; {@code false} if nothing was paid
	 */
	public boolean isRepeatable() {
		SentPayment sent = this.payment;
		return sent != null && sent.isRepeatable();
	}

	/**
	 * Tell whether anybody would pay, if the server asked for what is allowed.
	 * @return whether somebody may pay at the URL
	 */
	public boolean mayBePaid() {
		return this.payer.mayPayAt(this.subject.url());
	}

	/**
	 * Tell whether a payment was made that may have been sent.
	 * @return whether there was one
	 */
	public boolean isPaid() {
		return this.payment != null;
	}

	/**
	 * Tell that a payment was made, if any, and for certain never left this machine: no
	 * connection was made, by no attempt.
	 */
	public synchronized void notSent() {
		this.ended = true;
		SentPayment unsent = this.payment;
		if (unsent != null) {
			unsent.shares().giveBack();
			this.payment = null;
		}
	}

	private PaymentOffer offer(PaymentRequired challenge, @Nullable Instant servedAt) {
		return new PaymentOffer(this.subject.url(), challenge, this.subject.identifier(), this.subject.named(),
				this.subject.method(), this.subject.body(), servedAt);
	}

	private Optional<String> pay(PaymentOffer offer, PayerDecision decision, @Nullable SentPayment renewed) {
		return decision.fold((pays) -> pay(offer, pays.withOutcomes(pays.outcomes().andThen(this::publish)), renewed),
				(declines) -> {
					publish(new PaymentEvent.Declined(this.subject.url(), declines.reason(), declines.asked(),
							declines.why()));
					return Optional.empty();
				});
	}

	private Optional<String> pay(PaymentOffer offer, PayerDecision.Pays pays, @Nullable SentPayment renewed) {
		return SentPayment.of(offer, pays, renewed, this.budgets, this.subject.form())
			.filter(this::isStillPaid)
			.map(SentPayment::text);
	}

	/** A call can end while a session is opened for it. */
	private synchronized boolean isStillPaid(SentPayment made) {
		if (this.ended) {
			made.shares().giveBack();
			return false;
		}
		this.payment = made;
		this.payments++;
		return true;
	}

	private synchronized boolean isPaidTwice() {
		return this.payments > 1;
	}

	private synchronized @Nullable SentPayment end() {
		this.ended = true;
		return this.payment;
	}

	private void decline(DeclineReason reason, @Nullable PaymentRequirements asked) {
		publish(new PaymentEvent.Declined(this.subject.url(), reason, asked));
	}

	/** Where no 402 came yet, nothing was asked and so nothing declined. */
	private void publish(PaymentEvent.Outcome outcome) {
		if (this.answeredOnce || !(outcome instanceof PaymentEvent.Declined)) {
			this.calls.publish(outcome);
		}
	}

	/**
	 * Tell of the answer that the caller gets.
	 * @param status its HTTP status
	 * @param receipts the values of its {@code PAYMENT-RESPONSE} header
	 */
	public void answered(int status, List<String> receipts) {
		answered(status, receipts, List.of());
	}

	/**
	 * Tell of the answer that the caller gets. A refusal gives its reason in the receipt
	 * or, as many servers do, in another challenge.
	 * @param status its HTTP status
	 * @param receipts the values of its {@code PAYMENT-RESPONSE} header
	 * @param challenges the values of its {@code PAYMENT-REQUIRED} header
	 */
	public void answered(int status, List<String> receipts, List<String> challenges) {
		SentPayment sent = end();
		if (sent != null) {
			sent.outcomes()
				.accept(outcome(sent, new PaidCallResponse(this.subject.form(), status, receipts, challenges)));
		}
	}

	private PaymentEvent.Outcome outcome(SentPayment sent, PaidCallResponse response) {
		PaymentReceipt receipt = response.receipt().map((plain) -> signed(sent, plain)).orElse(null);
		Optional<String> doubt = response.doubt();
		if (doubt.isPresent()) {
			return new PaymentEvent.Unknown(this.subject.url(), sent.asset(), sent.amount(), doubt.get());
		}
		if (receipt == null || !receipt.success()) {
			return new PaymentEvent.Refused(this.subject.url(), response.status(), response.reason());
		}
		this.calls.prices()
			.ifPresent((prices) -> prices.learn(this.subject.method(), this.subject.url(),
					PaymentExtensions.withoutOffers(sent.challenge())));
		if (receipt.isHeld() && !isPaidTwice()) {
			sent.shares().hold(this.subject.identifier());
		}
		return (receipt.amount() != null && receipt.amount().compareTo(sent.amount()) > 0)
				? new PaymentEvent.Overcharged(this.subject.url(), sent.asset(), sent.amount(), receipt)
				: new PaymentEvent.Paid(this.subject.url(), sent.asset(), receipt);
	}

	private PaymentReceipt signed(SentPayment sent, PaymentReceipt receipt) {
		return receipt.success() ? receipt.withEvidence(this.calls.offers()
			.evidence(sent.challenge(), sent.accepted(), this.subject.url(), sent.madeAt(), receipt.extensions()))
				: receipt;
	}

	/**
	 * Tell that no answer came. What may have left this machine may have been charged.
	 * @param failure why
	 */
	public void failed(Throwable failure) {
		SentPayment sent = end();
		if (sent != null) {
			sent.outcomes()
				.accept(new PaymentEvent.Unknown(this.subject.url(), sent.asset(), sent.amount(),
						failure.getClass().getSimpleName()));
		}
	}

}
