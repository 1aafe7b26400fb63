package io.github.x402sessions.client.payment.jdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.github.x402sessions.client.payment.HostileServer;
import io.github.x402sessions.client.payment.Payers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Redirection} through {@link PayingHttpClient}, both ways of sending.
 */
class RedirectionTests {

	private final HostileServer server = new HostileServer();

	private final HostileServer accomplice = new HostileServer();

	private final HttpClient client = new Payers().followingRedirects().at(this.server.uri().toString()).httpClient();

	RedirectionTests() throws IOException {
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.accomplice.close();
	}

	@ParameterizedTest
	@CsvSource({ "GET,301,GET", "GET,302,GET", "GET,303,GET", "GET,307,GET", "GET,308,GET", "HEAD,301,HEAD",
			"POST,301,GET", "POST,302,GET", "POST,303,GET", "PUT,303,GET", "POST,307,POST", "PUT,308,PUT" })
	void isFollowedWithinTheOrigin(String method, int status, String then) throws Exception {
		this.server.then(status, "Location", "/cake?size=1").then(200);
		HttpResponse<String> answer = this.client.send(request(method), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.uri()).isEqualTo(this.server.uri().resolve("/cake?size=1"));
		assertThat(this.server.lines()).containsExactly(method + " /tea", then + " /cake?size=1");
		assertThat(this.server.bodies().get(1)).isEqualTo(then.startsWith("P") ? "milk" : "");
	}

	@ParameterizedTest
	@CsvSource({ "PUT,301", "DELETE,302", "GET,300", "GET,304", "GET,305" })
	void isTheCallersWhereNothingSaysHowToFollow(String method, int status) throws Exception {
		this.server.then(status, "Location", "/cake").then(200);
		assertThat(this.client.send(request(method), BodyHandlers.ofString()).statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:%d/", "//localhost:%d/x", "https://localhost:%d/", "ftp://x/", "::",
			"http://user@localhost:1/" })
	void isNeverFollowedToAnotherOrigin(String location) throws Exception {
		String away = location.replace("%d", String.valueOf(this.accomplice.uri().getPort()));
		this.server.thenAsk(HostileServer.asking("100")).then(307, "Location", away);
		assertThat(this.client.send(request("GET"), BodyHandlers.ofString()).statusCode()).isEqualTo(307);
		assertThat(this.client.sendAsync(request("GET"), BodyHandlers.ofString()).join().statusCode()).isEqualTo(307);
		assertThat(this.accomplice.requests()).isZero();
	}

	@Test
	void whatIsAskedForInsteadIsPaidFor() throws Exception {
		this.server.then(307, "Location", "/cake").thenAsk(HostileServer.asking("100")).thenSell("100");
		assertThat(this.client.send(request("POST"), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(this.server.lines()).containsExactly("POST /tea", "POST /cake", "POST /cake");
		assertThat(this.server.bodies()).containsOnly("milk");
		assertThat(this.server.payments()).hasSize(1);
	}

	@Test
	void isNotFollowedWithAPaymentOfTheCallersOwn() throws Exception {
		this.server.then(307, "Location", "/cake").then(307, "Location", "/cake");
		HttpRequest paid = HttpRequest.newBuilder(request("POST"), (name, value) -> true)
			.header("PAYMENT-SIGNATURE",
					Payers.call(this.server.uri()).answer(List.of(BodyShop.challenge())).orElseThrow())
			.build();
		assertThat(this.client.send(paid, BodyHandlers.ofString()).statusCode()).isEqualTo(307);
		assertThat(this.client.sendAsync(paid, BodyHandlers.ofString()).join().statusCode()).isEqualTo(307);
		assertThat(this.server.lines()).containsExactly("POST /tea", "POST /tea");
	}

	@Test
	void isPaidForOnceHoweverOftenItIsSentOn() throws Exception {
		this.server.thenAsk(HostileServer.asking("100"))
			.then(303, "Location", "/more")
			.thenAsk(HostileServer.asking("100"))
			.thenAsk(HostileServer.asking("100"))
			.then(303, "Location", "/more")
			.thenAsk(HostileServer.asking("100"));
		assertThat(this.client.send(request("GET"), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(1);
		assertThat(this.client.sendAsync(request("GET"), BodyHandlers.ofString()).join().statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(2);
	}

	@Test
	void endsAfterFive() throws Exception {
		this.server.then(302, "Location", "/round");
		assertThat(this.client.send(request("GET"), BodyHandlers.ofString()).statusCode()).isEqualTo(302);
		assertThat(this.server.requests()).isEqualTo(6);
		assertThat(this.client.sendAsync(request("GET"), BodyHandlers.ofString()).join().statusCode()).isEqualTo(302);
		assertThat(this.server.requests()).isEqualTo(12);
	}

	@Test
	void asynchronousRequestsFollowToo() {
		this.server.then(307, "Location", "/cake").thenAsk(HostileServer.asking("100")).thenSell("100");
		assertThat(this.client.sendAsync(request("GET"), BodyHandlers.ofString()).join().uri().getPath())
			.isEqualTo("/cake");
		assertThat(this.server.payments()).hasSize(1);
	}

	@Test
	void bodyThatMayBeThereOnlyOnceIsNotSentAgain() throws Exception {
		this.server.then(307, "Location", "/cake");
		HttpRequest once = HttpRequest.newBuilder(this.server.uri())
			.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] { 1 })))
			.build();
		assertThat(this.client.send(once, BodyHandlers.ofString()).statusCode()).isEqualTo(307);
	}

	@Test
	void isNotFollowedUnlessAsked() throws Exception {
		this.server.then(302, "Location", "/cake").then(200);
		HttpClient careful = new Payers().at(this.server.uri().toString()).httpClient();
		assertThat(careful.send(request("GET"), BodyHandlers.ofString()).statusCode()).isEqualTo(302);
		assertThat(careful.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
		assertThat(this.client.followRedirects()).isEqualTo(HttpClient.Redirect.NORMAL);
	}

	private HttpRequest request(String method) {
		URI uri = this.server.uri();
		return HttpRequest.newBuilder(uri)
			.method(method, method.startsWith("P") ? BodyPublishers.ofString("milk") : BodyPublishers.noBody())
			.build();
	}

}
