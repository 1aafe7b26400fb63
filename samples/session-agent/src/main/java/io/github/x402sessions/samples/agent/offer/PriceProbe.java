package io.github.x402sessions.samples.agent.offer;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.PayerSource;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.SessionPayer;
import io.github.x402sessions.core.protocol.PaymentRequired;

/**
 * A request that looks at a price without paying it: sends a request as one that is paid
 * is sent, however long its body, and pays nobody.
 */
final class PriceProbe implements PayerSource {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	/** Return a client that sends as one does that pays. */
	static HttpClient httpClient() {
		return new Payments(new PriceProbe(), new PaymentOptions(Budget.unlimited(), (event) -> {
		}, false, false, CONNECT_TIMEOUT, Clock.systemUTC())).httpClient();
	}

	@Override
	public Optional<SessionPayer> payerFor(URI url, PaymentRequired challenge) {
		return Optional.empty();
	}

	/** Payments there are what the price is looked at for. */
	@Override
	public boolean mayPayAt(URI url) {
		return true;
	}

}
