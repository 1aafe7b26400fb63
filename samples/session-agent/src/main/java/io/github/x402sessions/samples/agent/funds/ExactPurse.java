package io.github.x402sessions.samples.agent.funds;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.SchemePreference;
import io.github.x402sessions.client.X402Client;
import io.github.x402sessions.client.X402ClientBuilder;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.session.SessionOptions;

/**
 * Pays call by call: the account signs one transfer for each. Thread-safe.
 */
final class ExactPurse implements Payer {

	private final SpendingPlan plan;

	private final SessionOptions options;

	private final PayingAccount account;

	private final Lazily<Payer> payer = new Lazily<>();

	ExactPurse(SpendingPlan plan, SessionOptions options, PayingAccount account) {
		this.plan = plan;
		this.options = options;
		this.account = account;
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		Optional<PaymentRequirements> asked = this.plan.way("exact", offer.challenge().accepts());
		if (asked.isEmpty()) {
			return new PayerDecision.Declines(DeclineReason.SCHEME, offer.challenge().accepts().get(0)).now();
		}
		return this.payer.get(() -> open(offer.url()))
			.thenCompose((ready) -> ready.answer(offer))
			.exceptionally((failure) -> Failure.declined(DeclineReason.PAYER_FAILED, asked.get(), failure));
	}

	private Payer open(URI server) {
		URI rpc = this.options.rpc(server, this.plan.network());
		X402ClientBuilder client = X402Client.builder()
			.network(this.plan.network())
			.asset(this.plan.asset())
			.rpc(rpc)
			.allowedOrigins(this.plan.servers().toArray(URI[]::new))
			.preference(SchemePreference.EXACT)
			.maxPerCall(this.plan.asset().toDecimal(this.plan.maxPrice()));
		this.options.recipient().ifPresent(client::recipients);
		return client.signer(this.account.key(rpc, this.plan.asset()).signer()).build().payments().payer();
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		return this.payer.made().filter((ready) -> ready.mayHavePaid(identifier)).isPresent();
	}

}
