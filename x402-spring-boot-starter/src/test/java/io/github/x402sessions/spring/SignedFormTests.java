package io.github.x402sessions.spring;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forms that Spring reads before they are paid for, and whose payers have signed for
 * them.
 */
class SignedFormTests {

	private static RunningShop shop;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void open() {
		shop = new RunningShop(Application.class, RunningShop.without("jetty.autoconfigure.servlet.Jetty"),
				"x402.signed-body-limit=1KB");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /tea", "PATCH, /tea", "POST, /tea", "POST, /kinds" })
	void aFormIsComparedWhoeverReadsIt(String method, String path) throws Exception {
		assertThat(send(method, path, "kind=green", "kind=green").body()).isEqualTo("green");
		HttpResponse<String> refused = send(method, path, "kind=black", "kind=green");
		assertThat(refused.statusCode()).isEqualTo(402);
		assertThat(challenge(refused).error()).isEqualTo("resource_mismatch");
		String tooLong = "kind=green&x=" + "x".repeat(1024);
		assertThat(send(method, path, tooLong, tooLong).statusCode()).isEqualTo(413);
		if (method.equals("POST")) {
			assertThat(send(method, path, "kind=green&x=%zz", "kind=green&x=%zz").statusCode()).isEqualTo(400);
		}
	}

	private HttpResponse<String> send(String method, String path, String body, String signed) throws Exception {
		URI uri = URI.create("http://localhost:" + shop.port() + path);
		HttpResponse<String> asked = this.http.send(form(uri, method, "kind=green").build(),
				HttpResponse.BodyHandlers.ofString());
		PaymentSignature signature = new PaymentSignature(method, BodyHash.of(signed.getBytes(StandardCharsets.UTF_8)),
				1, "x");
		PaymentPayload payment = PaymentPayload.of(challenge(asked).resource(), challenge(asked).accepts().get(0),
				new SessionPayload("s", signature).toPayload());
		return this.http.send(form(uri, method, body)
			.header(PaymentHeader.SIGNATURE, PaymentHeader.encode(PaymentIdentifier.random().in(payment)))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder form(URI uri, String method, String body) {
		return HttpRequest.newBuilder(uri)
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.header("Content-Type", "application/x-www-form-urlencoded");
	}

	private static PaymentRequired challenge(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(),
				PaymentRequired.class, 65536);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Application {

		@X402Price("0.01")
		@PutMapping("/tea")
		String put(@RequestParam Map<String, String> form) {
			return String.valueOf(form.get("kind"));
		}

		@X402Price("0.01")
		@PatchMapping("/tea")
		String patch(@RequestParam String kind) {
			return kind;
		}

		@X402Price("0.01")
		@PostMapping("/tea")
		String post(@RequestParam String kind) {
			return kind;
		}

		@X402Price("0.01")
		@PostMapping(path = "/kinds", params = "kind=green")
		String green(@RequestParam String kind) {
			return kind;
		}

		@X402Price("0.01")
		@PostMapping(path = "/kinds", params = "kind=black")
		String black(@RequestParam String kind) {
			return kind;
		}

	}

}
