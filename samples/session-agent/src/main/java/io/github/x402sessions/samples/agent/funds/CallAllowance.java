package io.github.x402sessions.samples.agent.funds;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The right of one call to be paid from funds that many share, up to a limit of its own;
 * and what has become of it. Thread-safe.
 */
public final class CallAllowance {

	private final AgentFunds funds;

	private final BigInteger most;

	private final Payments payments;

	private volatile @Nullable PaymentRequirements agreed;

	private volatile PaymentEvent.@Nullable Outcome outcome;

	CallAllowance(AgentFunds funds, BigInteger most) {
		this.funds = funds;
		this.most = most;
		this.payments = new Payments(new Limited(), funds.options(this::hear));
	}

	/** The client that pays for this call. */
	public HttpClient httpClient() {
		return this.payments.httpClient(this.funds.plain());
	}

	/** What pays for this call where it is no request of HTTP. */
	public Payments payments() {
		return this.payments;
	}

	/** What has become of the payment; empty if none was asked for, or that is open. */
	public Optional<PaymentEvent.Outcome> outcome() {
		return Optional.ofNullable(this.outcome);
	}

	/** The way to pay that was agreed to, also where the payment was not sent. */
	public Optional<PaymentRequirements> agreed() {
		return Optional.ofNullable(this.agreed);
	}

	/** The most that the call may cost, base units. */
	public BigInteger most() {
		return this.most;
	}

	/** Give up waiting for the answer: what was agreed to may have been charged. */
	public void abandon() {
		PaymentRequirements open = this.agreed;
		if (open != null && this.outcome == null) {
			this.outcome = new PaymentEvent.Unknown(URI.create(""), this.funds.plan().asset(), open.baseUnits(),
					"there is no answer");
			this.funds.tally().addPerhaps(open.baseUnits());
		}
	}

	private void hear(PaymentEvent event) {
		if (!(event instanceof PaymentEvent.Outcome heard) || this.outcome != null) {
			return;
		}
		this.outcome = heard;
		PaymentRequirements asked = this.agreed;
		if (asked == null) {
			return;
		}
		BigInteger price = asked.baseUnits();
		if (heard instanceof PaymentEvent.Unknown unknown) {
			this.funds.tally().addPerhaps(unknown.amount());
		}
		else if (heard instanceof PaymentEvent.Paid paid) {
			this.funds.tally().add((paid.receipt().amount() != null) ? paid.receipt().amount() : price);
		}
		else if (heard instanceof PaymentEvent.Overcharged) {
			this.funds.tally().add(price);
		}
	}

	/** Asks the funds, but for no more than this call may cost. */
	private final class Limited implements Payer {

		@Override
		public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
			List<PaymentRequirements> ours = offer.challenge()
				.accepts()
				.stream()
				.filter(CallAllowance.this.funds.plan()::isOurs)
				.toList();
			if (!ours.isEmpty() && ours.stream().noneMatch(this::isWithin)) {
				return new PayerDecision.Declines(DeclineReason.PRICE, ours.get(0)).now();
			}
			return CallAllowance.this.funds.payer().answer(offer).thenApply(this::checked);
		}

		private PayerDecision checked(PayerDecision decision) {
			return decision.fold(this::checked, (declines) -> declines);
		}

		private PayerDecision checked(PayerDecision.Pays pays) {
			if (!isWithin(pays.accepted())) {
				return new PayerDecision.Declines(DeclineReason.PRICE, pays.accepted());
			}
			CallAllowance.this.agreed = pays.accepted();
			return pays;
		}

		private boolean isWithin(PaymentRequirements asked) {
			return asked.isPayableWithin(CallAllowance.this.most);
		}

		@Override
		public boolean mayHavePaid(PaymentIdentifier identifier) {
			return CallAllowance.this.funds.payer().mayHavePaid(identifier);
		}

		@Override
		public boolean mayPayAt(URI url) {
			return CallAllowance.this.funds.allows(url);
		}

	}

}
