package io.github.x402sessions.test.devnet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static io.github.x402sessions.test.PaymentAssertions.assertThatChallenge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of {@link DevnetConnectionTests} on a real web server, which starts
 * before Spring asks for a test's properties.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = DevnetConnectionTests.Application.class,
		properties = { "x402.facilitator.embedded=true", "x402.facilitator.strict-start=true" })
class DevnetRandomPortTests {

	@LocalServerPort
	private int port;

	@Autowired
	private DevnetConnection connection;

	@Test
	void facilitatorStandsOnTheLedger() throws IOException, InterruptedException {
		HttpResponse<Void> asked = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/tea")).build(),
					HttpResponse.BodyHandlers.discarding());
		String challenge = asked.headers().firstValue("PAYMENT-REQUIRED").orElseThrow();
		assertThat(asked.statusCode()).isEqualTo(402);
		assertThatChallenge(challenge).asks("100000").accepts("session", "stellar:testnet");
		assertThat(new String(Base64.getDecoder().decode(challenge), StandardCharsets.UTF_8))
			.contains("\"payTo\":\"" + this.connection.merchant(), "\"spender\":\"" + this.connection.spender());
	}

}
