package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClientEnd}: what closes a client of the JDK closes one that pays.
 */
class ClientEndTests {

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void closedClientSendsNothingMoreAndAnotherFollows() throws Exception {
		try (BodyShop shop = new BodyShop(false)) {
			Payments payments = new Payers().at(shop.uri().toString());
			HttpClient client = payments.httpClient();
			HttpRequest request = HttpRequest.newBuilder(shop.uri()).build();
			assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
			HttpClient.class.getMethod("close").invoke(client);
			assertThat(HttpClient.class.getMethod("isTerminated").invoke(client)).isEqualTo(true);
			assertThatIOException().isThrownBy(() -> client.send(request, BodyHandlers.ofString()));
			assertThat(payments.httpClient()).isNotSameAs(client);
			assertThat(payments.httpClient().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void clientOfTheCallersOutlivesTheOneThatPaysByIt() throws Exception {
		try (BodyShop shop = new BodyShop(false)) {
			Payments payments = new Payers().at(shop.uri().toString());
			HttpClient plain = HttpClient.newHttpClient();
			PayingHttpClient paying = (PayingHttpClient) payments.httpClient(plain);
			HttpRequest request = HttpRequest.newBuilder(shop.uri()).build();
			assertThat(paying.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
			assertThatIllegalArgumentException().isThrownBy(() -> payments.httpClient(paying))
				.withMessageContaining("pays already");
			paying.shutdown();
			paying.shutdownNow();
			assertThat(paying.awaitTermination(Eventually.PATIENCE)).isTrue();
			assertThat(paying.isTerminated()).isTrue();
			assertThatIOException().isThrownBy(() -> paying.send(request, BodyHandlers.ofString()));
			assertThat(paying.sendAsync(request, BodyHandlers.ofString())).isCompletedExceptionally();
			assertThat(plain.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		}
	}

	@Test
	void clientThatEndsTakesNothingElseAlong() throws IOException, InterruptedException {
		Payments payments = new Payers().at("http://shop/");
		PayingHttpClient client = (PayingHttpClient) payments.httpClient();
		assertThat(client.isTerminated()).isFalse();
		client.shutdown();
		client.shutdownNow();
		assertThat(client.awaitTermination(Eventually.PATIENCE)).isTrue();
		assertThat(client.isTerminated()).isTrue();
		assertThat(payments.httpClient()).isNotSameAs(client);
		assertThat(payments.httpClient()).isSameAs(payments.httpClient());
	}

}
