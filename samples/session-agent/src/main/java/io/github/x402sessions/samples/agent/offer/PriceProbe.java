package io.github.x402sessions.samples.agent.offer;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;

/**
 * Looks at a price without paying it: sends a request as one that is paid is sent,
 * however long its body, and pays nobody.
 */
final class PriceProbe implements Payer {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Payments PAYMENTS = new Payments(new PriceProbe(),
			new PaymentOptions(Budget.unlimited(), (event) -> {
			}, false, false, CONNECT_TIMEOUT, Clock.systemUTC(), List.of(), Network.STELLAR_TESTNET.id(),
					Asset.usdc(Network.STELLAR_TESTNET)));

	/** Return the client that sends as one does that pays. */
	static HttpClient httpClient() {
		return PAYMENTS.httpClient();
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		return new PayerDecision.Declines(DeclineReason.NO_SESSION, null).now();
	}

	/** Payments there are what the price is looked at for. */
	@Override
	public boolean mayPayAt(URI url) {
		return true;
	}

}
