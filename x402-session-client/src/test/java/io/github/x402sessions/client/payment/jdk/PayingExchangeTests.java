package io.github.x402sessions.client.payment.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayingExchange}: a caller who has gone away pays for nothing more.
 */
class PayingExchangeTests {

	private final HttpRequest request = HttpRequest.newBuilder(URI.create("http://shop/tea")).build();

	private final List<HttpRequest> sent = new ArrayList<>();

	private final List<CompletableFuture<HttpResponse<String>>> exchanges = new ArrayList<>();

	private HttpResponse.BodyHandler<String> handler = BodyHandlers.ofString();

	private final PayingExchange<String> call = new PayingExchange<>(RecordedRequest.of(this.request),
			Payers.call(this.request.uri()), BodyHandlers.ofString(), this::send)
		.start();

	@Test
	void cancellingCancelsTheFirstExchange() {
		this.call.cancel(false);
		assertThat(this.exchanges).singleElement().satisfies((first) -> assertThat(first).isCancelled());
	}

	@Test
	void cancellingBeforeThePaymentPaysNothing() {
		challenge();
		this.call.cancel(true);
		this.exchanges.get(0).complete(null);
		assertThat(this.exchanges).hasSize(1);
	}

	@Test
	void cancellationThatComesTooLateForTheFirstExchangePaysNothing() {
		CompletableFuture<HttpResponse<String>> deaf = new CompletableFuture<>() {
			@Override
			public boolean cancel(boolean mayInterruptIfRunning) {
				return false;
			}
		};
		List<HttpRequest> seen = new ArrayList<>();
		PayingExchange<String> late = new PayingExchange<>(RecordedRequest.of(this.request),
				Payers.call(this.request.uri()), this.handler, (request, handler) -> {
					seen.add(request);
					handler.apply(new Challenge());
					return deaf;
				})
			.start();
		late.cancel(true);
		deaf.complete(null);
		assertThat(seen).hasSize(1);
	}

	@Test
	void cancellingCancelsThePayment() {
		challenge();
		this.exchanges.get(0).complete(null);
		assertThat(this.sent.get(1).headers().firstValue(PaymentHeader.SIGNATURE)).isPresent();
		this.call.cancel(true);
		assertThat(this.exchanges.get(1)).isCancelled();
	}

	@Test
	void callerWhoseTimeIsOverPaysNothing() {
		challenge();
		this.call.completeExceptionally(new TimeoutException());
		this.exchanges.get(0).complete(null);
		assertThat(this.exchanges).hasSize(1);
	}

	@Test
	void cancellingWhatDependsOnItCancelsNothing() {
		this.call.thenApply(HttpResponse::body).cancel(true);
		assertThat(this.exchanges.get(0)).isNotDone();
	}

	private void challenge() {
		this.handler.apply(new Challenge());
	}

	private CompletableFuture<HttpResponse<String>> send(HttpRequest request,
			HttpResponse.BodyHandler<String> handler) {
		CompletableFuture<HttpResponse<String>> exchange = new CompletableFuture<>();
		this.sent.add(request);
		this.exchanges.add(exchange);
		this.handler = handler;
		return exchange;
	}

	/** The head of a 402. */
	private static final class Challenge implements HttpResponse.ResponseInfo {

		@Override
		public int statusCode() {
			return 402;
		}

		@Override
		public HttpHeaders headers() {
			return HttpHeaders.of(Map.of(PaymentHeader.REQUIRED, List.of(BodyShop.challenge())), (name, value) -> true);
		}

		@Override
		public HttpClient.Version version() {
			return HttpClient.Version.HTTP_1_1;
		}

	}

}
