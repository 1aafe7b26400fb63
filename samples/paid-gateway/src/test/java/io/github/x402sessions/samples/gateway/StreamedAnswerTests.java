package io.github.x402sessions.samples.gateway;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the API streams reaches the client part by part, once it is paid for: the API does
 * not go on before the client has its first part.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureX402
class StreamedAnswerTests {

	private static final LenientApi api = new LenientApi();

	private static final String[] TIMINGS = { "at-commit", "before-handler", "during-handler", "deferred" };

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private ScriptedFacilitator facilitator;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void routes(DynamicPropertyRegistry registry) {
		registry.add("api.url", api::url);
		for (int i = 0; i < TIMINGS.length; i++) {
			String timing = TIMINGS[i];
			registry.add("x402.routes[" + i + "].path", () -> "/api/" + timing + "/**");
			registry.add("x402.routes[" + i + "].price", () -> "0.10");
			registry.add("x402.routes[" + i + "].settlement", () -> timing);
		}
	}

	@AfterAll
	static void close() {
		api.close();
	}

	@ParameterizedTest
	@CsvSource({ "at-commit, events", "at-commit, lines", "before-handler, events", "during-handler, events",
			"deferred, events", "deferred, lines" })
	void theFirstPartLeavesBeforeTheSecondIsThere(String timing, String kind) throws Exception {
		api.second = new CountDownLatch(1);
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/api/" + timing + "/stream/" + kind));
		String challenge = this.http.send(request.build(), BodyHandlers.discarding())
			.headers()
			.firstValue("PAYMENT-REQUIRED")
			.orElseThrow();
		HttpResponse<InputStream> response = this.http.send(
				request.header("PAYMENT-SIGNATURE", TestPayments.pay(challenge)).build(), BodyHandlers.ofInputStream());
		try (BufferedReader body = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
			assertThat(body.readLine()).isEqualTo("data: first");
			assertThat(this.facilitator.settled()).hasSize(1);
			api.second.countDown();
			assertThat(body.lines()).contains("data: second");
		}
		assertThat(response.headers().firstValue("PAYMENT-RESPONSE")).isPresent();
		assertThat(this.facilitator.settled()).hasSize(1);
	}

}
