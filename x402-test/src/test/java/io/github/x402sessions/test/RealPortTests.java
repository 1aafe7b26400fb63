package io.github.x402sessions.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.x402sessions.test.PaymentAssertions.assertThatChallenge;
import static io.github.x402sessions.test.PaymentAssertions.assertThatReceipt;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test as users write it, with a real port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureX402
class RealPortTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private ScriptedFacilitator facilitator;

	@Test
	void aPaidRequestIsAnswered() throws Exception {
		HttpResponse<String> unpaid = this.http.send(request().build(), HttpResponse.BodyHandlers.ofString());
		assertThat(unpaid.statusCode()).isEqualTo(402);
		String challenge = unpaid.headers().firstValue("PAYMENT-REQUIRED").orElse(null);
		assertThatChallenge(challenge).asks("1000000");
		HttpResponse<String> paid = pay(challenge);
		assertThat(paid.body()).isEqualTo("goods");
		assertThatReceipt(paid.headers().firstValue("PAYMENT-RESPONSE").orElse(null)).isSettled();
		this.facilitator.refuse("cap_exceeded");
		assertThat(pay(challenge).statusCode()).isEqualTo(402);
		assertThat(this.facilitator.settled()).hasSize(1);
	}

	private HttpResponse<String> pay(String challenge) throws IOException, InterruptedException {
		return this.http.send(request().header("PAYMENT-SIGNATURE", TestPayments.pay(challenge)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request() {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/chat"));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

	}

}
