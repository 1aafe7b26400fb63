package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway as it is configured, in front of an API that is lenient about paths.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureX402
class PaidGatewayTests {

	private static final LenientApi api = new LenientApi();

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private ScriptedFacilitator facilitator;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("api.url", api::url);
	}

	@BeforeEach
	void forget() {
		api.forget();
	}

	@AfterAll
	static void close() {
		api.close();
	}

	@Test
	void sellsWhatTheApiAnswersAndKeepsThePayment() throws Exception {
		HttpResponse<String> paid = pay("/api/exact");
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.body()).isEqualTo("goods");
		assertThat(paid.headers().firstValue("PAYMENT-RESPONSE")).isPresent();
		assertThat(this.facilitator.settled()).hasSize(1);
		assertThat(api.received).singleElement()
			.satisfies((headers) -> assertThat(headers.keySet()).doesNotContain("Payment-signature", "X-payment"));
	}

	@Test
	void aFailureOfTheApiCostsNothing() throws Exception {
		assertThat(pay("/api/broken").statusCode()).isEqualTo(500);
		assertThat(this.facilitator.settled()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/exact", "/api/exact%20", "/api/exact.", "/api/exact%3bx", "/api/exact/", "/api",
			"/api/%65xact" })
	void noSpellingIsFree(String path) throws Exception {
		assertThat(send(path).statusCode()).isEqualTo(402);
		assertThat(api.received).isEmpty();
	}

	private HttpResponse<String> pay(String path) throws IOException, InterruptedException {
		String challenge = send(path).headers().firstValue("PAYMENT-REQUIRED").orElseThrow();
		return send(path, "PAYMENT-SIGNATURE", TestPayments.pay(challenge));
	}

	private HttpResponse<String> send(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
