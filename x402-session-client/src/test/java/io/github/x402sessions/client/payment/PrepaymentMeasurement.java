package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.LocalServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures paid requests per second with and without pre-payment, against a shop that
 * settles at once, so that the round trips are what is measured. No test of the build:
 * run it by {@code mvn -pl x402-session-client -am test -Dtest=PrepaymentMeasurement
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class PrepaymentMeasurement {

	private static final int CALLS = 3000;

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	@Test
	void measure() throws Exception {
		LocalServer shop = new LocalServer(PrepaymentMeasurement::sell);
		URI uri = shop.uri("/tea");
		for (int round = 0; round < 4; round++) {
			System.out.printf("round %d: %.0f paid requests/s asking first, %.0f prepaying%n", round,
					perSecond(new Payers(), uri), perSecond(new Payers().prepaying(), uri));
		}
		shop.close();
	}

	private double perSecond(Payers payers, URI uri) throws Exception {
		HttpClient client = payers.at(uri.toString()).httpClient();
		long start = System.nanoTime();
		List<Future<Integer>> calls = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			calls.add(this.threads
				.submit(() -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode()));
		}
		for (Future<Integer> call : calls) {
			assertThat(call.get()).isEqualTo(200);
		}
		return CALLS / ((System.nanoTime() - start) / 1e9);
	}

	private static void sell(HttpExchange exchange) throws IOException {
		boolean paid = exchange.getRequestHeaders().containsKey(PaymentHeader.SIGNATURE);
		exchange.getResponseHeaders()
			.add(paid ? PaymentHeader.RESPONSE : PaymentHeader.REQUIRED,
					paid ? HostileServer.receipt(true, "100") : HostileServer.challenge(HostileServer.asking("100")));
		LocalServer.answer(exchange, paid ? 200 : 402, new byte[3]);
	}

}
