package io.github.x402sessions.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.ExtensionListener;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application on a real port that charges by annotation and by configuration.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
				"x402.routes[0].path=/api/quotes/*", "x402.routes[0].method=get", "x402.routes[0].price=0.01",
				"x402.routes[0].description=A quote" })
class PaidApplicationTests {

	private static final WireMockServer facilitator = new WireMockServer(wireMockConfig().dynamicPort());

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Facilitator known;

	@Autowired
	private Heard heard;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		facilitator.start();
		stub();
		registry.add("x402.facilitator.url", facilitator::baseUrl);
	}

	@AfterAll
	static void stop() {
		facilitator.stop();
	}

	@BeforeEach
	void approveOfEverything() {
		// Heard before the stubs are changed, which for a moment are none.
		this.known.supported();
		facilitator.resetAll();
		stub();
	}

	private static void stub() {
		facilitator.stubFor(get("/supported").willReturn(okJson("""
				{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet",
				"extra":{"spender":"GS"}}],"extensions":[],"signers":{}}""")));
		facilitator.stubFor(post("/verify")
			.willReturn(okJson("{\"isValid\":true,\"payer\":\"GP\"}").withHeader("EXTENSION-RESPONSES",
					Base64.getEncoder()
						.encodeToString("""
								{"bazaar":{"status":"rejected","rejectedReason":"no schema"}}"""
							.getBytes(StandardCharsets.UTF_8)))));
		facilitator.stubFor(post("/settle").willReturn(
				okJson("""
						{"success":true,"payer":"GP","transaction":"ab12{{randomValue length=60 type='NUMERIC'}}","network":"stellar:testnet"}""")
					.withTransformers("response-template")));
	}

	@Test
	void anAnnotatedMethodIsCharged() throws Exception {
		HttpResponse<String> unpaid = send("GET", "/api/chat");
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(challenge(unpaid).accepts().get(0).amount()).isEqualTo("1000000");
		assertThat(challenge(unpaid).accepts().get(0).extra()).containsEntry("spender", "GS")
			.containsEntry("facilitatorUrl", facilitator.baseUrl());
		assertThat(challenge(unpaid).resource().description()).isEqualTo("A reply");
		HttpResponse<String> paid = send("GET", "/api/chat", PaymentHeader.SIGNATURE, payment(unpaid));
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.body()).isEqualTo("goods");
		assertThat(paid.headers().firstValue(PaymentHeader.RESPONSE)).isPresent();
		assertThat(paid.headers().firstValue("EXTENSION-RESPONSES")).isEmpty();
		assertThat(this.heard.responses)
			.contains(new ExtensionResponse("bazaar", ExtensionResponse.Status.REJECTED, "no schema"));
		facilitator.verify(1, postRequestedFor(urlEqualTo("/settle"))
			.withRequestBody(matchingJsonPath("$.paymentRequirements.amount", equalTo("1000000"))));
	}

	@Test
	void aConfiguredRouteIsCharged() throws Exception {
		HttpResponse<String> unpaid = send("GET", "/api/quotes/7");
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(challenge(unpaid).accepts().get(0).amount()).isEqualTo("100000");
		assertThat(send("GET", "/api/quotes/7", PaymentHeader.SIGNATURE, payment(unpaid)).body()).isEqualTo("quote 7");
		assertThat(send("GET", "/api/quotes").statusCode()).isEqualTo(404);
	}

	@Test
	void theRestIsFree() throws Exception {
		assertThat(send("GET", "/api/free").body()).isEqualTo("free");
		assertThat(send("POST", "/api/chat").statusCode()).isEqualTo(405);
		assertThat(send("GET", "/nowhere").statusCode()).isEqualTo(404);
		facilitator.verify(0, postRequestedFor(anyUrl()));
	}

	@Test
	void aPaymentForAnotherPriceBuysNothing() throws Exception {
		String cheap = payment(send("GET", "/api/quotes/7"));
		HttpResponse<String> refused = send("GET", "/api/chat", PaymentHeader.SIGNATURE, cheap);
		assertThat(refused.statusCode()).isEqualTo(402);
		assertThat(challenge(refused).error()).isEqualTo("no_matching_requirements");
		facilitator.verify(0, postRequestedFor(anyUrl()));
	}

	@Test
	void handlersErrorsAreFree() throws Exception {
		String payment = payment(send("GET", "/api/missing"));
		HttpResponse<String> missing = send("GET", "/api/missing", PaymentHeader.SIGNATURE, payment);
		assertThat(missing.statusCode()).isEqualTo(404);
		assertThat(missing.body()).isEqualTo("no such thing");
		assertThat(send("GET", "/api/broken", PaymentHeader.SIGNATURE, payment).statusCode()).isEqualTo(500);
		facilitator.verify(0, postRequestedFor(urlEqualTo("/settle")));
	}

	@Test
	void aFacilitatorThatIsDownIsAnOutage() throws Exception {
		String payment = payment(send("GET", "/api/chat"));
		facilitator.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
		HttpResponse<String> response = send("GET", "/api/chat", PaymentHeader.SIGNATURE, payment);
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.body()).doesNotContain("goods");
	}

	@Test
	void aRefusedSettlementLeavesNothingOfTheHandler() throws Exception {
		String payment = payment(send("GET", "/api/chat"));
		facilitator.stubFor(post("/settle").willReturn(
				okJson("""
						{"success":false,"errorReason":"onchain_transfer_failed","transaction":"","network":"stellar:testnet"}""")
					.withStatus(400)));
		HttpResponse<String> response = send("GET", "/api/chat", PaymentHeader.SIGNATURE, payment);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(challenge(response).error()).isEqualTo("onchain_transfer_failed");
		assertThat(response.body()).doesNotContain("goods");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			/api/chat;x=1,         402
			/api;v=1/chat,         402
			/api/chat;,            402
			/api/%63hat,           402
			/%61pi/chat,           402
			//api/chat,            404
			/api//chat,            404
			/./api/chat,           404
			/x/../api/chat,        404
			/x/%2e%2e/api/chat,    404
			/x/..;/api/chat,       404
			/api/chat/,            404
			/API/chat,             404
			/api/chat.json,        404
			/api/chat%20,          404
			/api/quotes/7;x=1,     402
			/api;v=1/quotes/7,     402
			/api/%71uotes/7,       402
			# Spring would not run these, other servlets would
			/x/../api/quotes/7,    402
			/api//quotes/7,        402
			""")
	void noSpellingIsFree(String path, int status) throws Exception {
		HttpResponse<String> response = send("GET", path);
		assertThat(response.statusCode()).isEqualTo(status);
		HttpResponse<String> head = send("HEAD", path);
		assertThat(head.statusCode()).isEqualTo(response.statusCode());
	}

	private HttpResponse<String> send(String method, String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static PaymentRequired challenge(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(),
				PaymentRequired.class, 65536);
	}

	private static String payment(HttpResponse<?> unpaid) {
		return PaymentHeader
			.encode(PaymentPayload.of(null, challenge(unpaid).accepts().get(0), Map.of("sessionId", "s")));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import({ Api.class, Deaf.class, Heard.class })
	static class Application {

	}

	@RestController
	static class Api {

		@GetMapping("/api/chat")
		@X402Price(value = "0.10", description = "A reply")
		String chat() {
			return "goods";
		}

		@GetMapping("/api/missing")
		@X402Price("0.10")
		ResponseEntity<String> missing() {
			return ResponseEntity.status(404).body("no such thing");
		}

		@GetMapping("/api/broken")
		@X402Price("0.10")
		String broken() {
			throw new IllegalStateException("broken");
		}

		@GetMapping("/api/quotes/{id}")
		String quote(@PathVariable int id) {
			return "quote " + id;
		}

		@GetMapping("/api/free")
		String free() {
			return "free";
		}

	}

	/** Fails before others hear anything. */
	@Order(1)
	static class Deaf implements ExtensionListener {

		@Override
		public void responded(ExtensionResponse response) {
			throw new IllegalStateException("deaf");
		}

	}

	/** What the facilitator said of extensions. */
	static class Heard implements ExtensionListener {

		private final List<ExtensionResponse> responses = new CopyOnWriteArrayList<>();

		@Override
		public void responded(ExtensionResponse response) {
			this.responses.add(response);
		}

	}

}
