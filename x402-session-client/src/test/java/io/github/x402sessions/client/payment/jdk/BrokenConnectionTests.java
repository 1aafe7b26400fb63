package io.github.x402sessions.client.payment.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.HostileServer;
import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.fixtures.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PaidBody}: a GET that the JDK's client repeats by itself is paid once,
 * and what may have left is told and stays spent.
 */
class BrokenConnectionTests {

	private final Payers payers = new Payers().budget(100);

	@Test
	void paymentWithoutAServerThatKnowsIdentifiersIsSentOnce() throws Exception {
		try (KeptConnectionServer server = new KeptConnectionServer(BodyShop.challenge(), 0, false)) {
			HttpClient client = this.payers.at(server.uri().toString()).httpClient();
			assertThatIOException().isThrownBy(() -> client.send(get(server.uri()), BodyHandlers.ofString()))
				.withStackTraceContaining("not sent again");
			assertThat(server.payments()).isEqualTo(1);
			assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		}
	}

	@Test
	void asynchronousPaymentIsSentOnceToo() throws Exception {
		try (KeptConnectionServer server = new KeptConnectionServer(BodyShop.challenge(), 0, false)) {
			HttpClient client = this.payers.at(server.uri().toString()).httpClient();
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> client.sendAsync(get(server.uri()), BodyHandlers.ofString()).join());
			assertThat(server.payments()).isEqualTo(1);
			assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		}
	}

	@Test
	void prepaymentIsSentOnceToo() throws Exception {
		Payers rich = new Payers().prepaying();
		try (KeptConnectionServer server = new KeptConnectionServer(BodyShop.challenge(), 1, false)) {
			HttpClient client = rich.at(server.uri().toString()).httpClient();
			client.send(get(server.uri()), BodyHandlers.ofString());
			assertThatIOException().isThrownBy(() -> client.send(get(server.uri()), BodyHandlers.ofString()));
			assertThat(server.payments()).isEqualTo(2);
			assertThat(rich.events()).last().isInstanceOf(PaymentEvent.Unknown.class);
		}
	}

	@Test
	void serverThatKnowsIdentifiersGetsTheSamePaymentAgain() throws Exception {
		String challenge = HostileServer.challenge(HostileServer.asking("100"));
		try (KeptConnectionServer server = new KeptConnectionServer(challenge, 0, false)) {
			HttpClient client = this.payers.at(server.uri().toString()).httpClient();
			assertThat(client.send(get(server.uri()), BodyHandlers.ofString()).body()).isEqualTo("tea");
			assertThat(server.payments()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void serverThatIsGoneAfterThePaymentMayHaveChargedIt(boolean identifiers) throws Exception {
		String challenge = identifiers ? HostileServer.challenge(HostileServer.asking("100")) : BodyShop.challenge();
		try (KeptConnectionServer server = new KeptConnectionServer(challenge, 0, true)) {
			Payments payments = this.payers.at(server.uri().toString());
			assertThatIOException()
				.isThrownBy(() -> payments.httpClient().send(get(server.uri()), BodyHandlers.ofString()));
			assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
			assertThat(isBudgetLeft(payments, server.uri())).isFalse();
		}
	}

	@Test
	void paymentThatNeverLeftIsNotSpent() throws Exception {
		Payers prepaying = this.payers.prepaying();
		URI uri = URI.create("http://localhost:" + FreePort.find() + "/tea");
		HttpClient client = prepaying.knowing(uri, BodyShop.challenge());
		assertThatIOException().isThrownBy(() -> client.send(get(uri), BodyHandlers.ofString()));
		assertThat(prepaying.events()).isEmpty();
		assertThat(isBudgetLeft(prepaying.at(uri.toString()), uri)).isTrue();
	}

	private static boolean isBudgetLeft(Payments payments, URI uri) {
		return payments.call("GET", uri, (name) -> List.of())
			.orElseThrow()
			.answer(List.of(BodyShop.challenge()))
			.isPresent();
	}

	/** Over HTTP/1.1, where connections that break are what they are. */
	private static HttpRequest get(URI uri) {
		return HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build();
	}

}
