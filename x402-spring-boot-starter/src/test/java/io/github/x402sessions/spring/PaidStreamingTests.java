package io.github.x402sessions.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring's asynchronous return types, sold on a real port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
				"spring.mvc.async.request-timeout=200ms" })
class PaidStreamingTests {

	private static final WireMockServer facilitator = new WireMockServer(wireMockConfig().dynamicPort());

	private static final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Api api;

	@Autowired
	private Facilitator known;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		facilitator.start();
		stub();
		registry.add("x402.facilitator.url", facilitator::baseUrl);
	}

	/** The facilitator is asked what it supports once the application is ready. */
	private static void stub() {
		facilitator.stubFor(get("/supported").willReturn(okJson("""
				{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet"}],
				"extensions":[],"signers":{}}""")));
		facilitator.stubFor(post("/verify").willReturn(okJson("{\"isValid\":true,\"payer\":\"GP\"}")));
		facilitator.stubFor(post("/settle").willReturn(
				okJson("""
						{"success":true,"payer":"GP","transaction":"ab12{{randomValue length=60 type='NUMERIC'}}","network":"stellar:testnet"}""")
					.withTransformers("response-template")));
	}

	@AfterAll
	static void stop() {
		facilitator.stop();
		threads.shutdownNow();
	}

	@BeforeEach
	void approveOfEverything() {
		// Heard before the stubs are changed, which for a moment are none.
		this.known.supported();
		facilitator.resetAll();
		stub();
		this.api.received = new CountDownLatch(1);
	}

	@ParameterizedTest
	@CsvSource({ "callable,goods", "deferred,goods", "deferredNow,goods", "streaming,goods and goods",
			"streamingEntity,goods", "emitter,goods and goods" })
	void everyReturnTypeIsSettledOnce(String path, String body) throws Exception {
		HttpResponse<String> response = pay(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(body);
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isPresent();
		facilitator.verify(1, postRequestedFor(urlEqualTo("/verify")));
		facilitator.verify(1, postRequestedFor(urlEqualTo("/settle")));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "callable", "deferred", "deferredNow", "streaming", "streamingEntity", "emitter", "events" })
	void nothingLeavesWhenTheSettlementIsRefused(String path) throws Exception {
		facilitator.stubFor(post("/settle").willReturn(okJson("""
				{"success":false,"errorReason":"cap_exceeded","transaction":"","network":"stellar:testnet"}""")
			.withStatus(400)));
		this.api.received.countDown();
		HttpResponse<String> response = pay(path);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).contains("cap_exceeded").doesNotContain("goods");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		facilitator.verify(1, postRequestedFor(urlEqualTo("/settle")));
	}

	@ParameterizedTest
	@CsvSource({ "callableFails,500", "deferredFails,500", "streamingFails,500", "emitterFails,500", "timesOut,503",
			"notFound,404" })
	void aFailureBeforeTheFirstCommitIsFree(String path, int status) throws Exception {
		HttpResponse<String> response = pay(path);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).doesNotContain("goods");
		facilitator.verify(0, postRequestedFor(urlEqualTo("/settle")));
	}

	@Test
	void eventsArriveOneByOneAfterTheSettlement() throws Exception {
		HttpResponse<InputStream> response = this.http.send(request("events"),
				HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isPresent();
		facilitator.verify(1, postRequestedFor(urlEqualTo("/settle")));
		try (BufferedReader events = new BufferedReader(
				new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
			assertThat(events.readLine()).isEqualTo("data:goods 1");
			assertThat(this.api.received.getCount()).isEqualTo(1);
			this.api.received.countDown();
			assertThat(events.readLine()).isEmpty();
			assertThat(events.readLine()).isEqualTo("data:goods 2");
			assertThat(events.readLine()).isEmpty();
			assertThat(events.readLine()).isNull();
		}
		facilitator.verify(1, postRequestedFor(urlEqualTo("/settle")));
	}

	private HttpResponse<String> pay(String path) throws IOException, InterruptedException {
		return this.http.send(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + "/" + path);
		HttpResponse<String> unpaid = this.http.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofString());
		PaymentRequired challenge = PaymentHeader
			.decode(unpaid.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(), PaymentRequired.class, 65536);
		return HttpRequest.newBuilder(uri)
			.header(PaymentHeader.SIGNATURE,
					PaymentHeader.encode(PaymentPayload.of(null, challenge.accepts().get(0), Map.of("sessionId", "s"))))
			.build();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

	}

	@RestController
	static class Api {

		private volatile CountDownLatch received = new CountDownLatch(1);

		@GetMapping("/callable")
		@X402Price("0.10")
		Callable<String> callable() {
			return () -> "goods";
		}

		@GetMapping("/deferred")
		@X402Price("0.10")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			threads.execute(() -> result.setResult("goods"));
			return result;
		}

		@GetMapping("/deferredNow")
		@X402Price("0.10")
		DeferredResult<String> deferredNow() {
			DeferredResult<String> result = new DeferredResult<>();
			result.setResult("goods");
			return result;
		}

		@GetMapping("/streaming")
		@X402Price("0.10")
		StreamingResponseBody streaming() {
			return (output) -> {
				output.write("goods".getBytes(StandardCharsets.UTF_8));
				output.flush();
				output.write(" and goods".getBytes(StandardCharsets.UTF_8));
			};
		}

		@GetMapping("/streamingEntity")
		@X402Price("0.10")
		ResponseEntity<StreamingResponseBody> streamingEntity() {
			return ResponseEntity.ok()
				.header("X-Goods", "goods")
				.body((output) -> output.write("goods".getBytes(StandardCharsets.UTF_8)));
		}

		@GetMapping("/emitter")
		@X402Price("0.10")
		ResponseBodyEmitter emitter() {
			ResponseBodyEmitter emitter = new ResponseBodyEmitter();
			threads.execute(() -> sending(() -> {
				emitter.send("goods");
				emitter.send(" and goods");
				emitter.complete();
			}));
			return emitter;
		}

		@GetMapping("/events")
		@X402Price("0.10")
		SseEmitter events() {
			SseEmitter emitter = new SseEmitter(0L);
			threads.execute(() -> sending(() -> {
				emitter.send(SseEmitter.event().data("goods 1"));
				Eventually.opens(this.received);
				emitter.send(SseEmitter.event().data("goods 2"));
				emitter.complete();
			}));
			return emitter;
		}

		@GetMapping("/callableFails")
		@X402Price("0.10")
		Callable<String> callableFails() {
			return () -> {
				throw new IllegalStateException("failed");
			};
		}

		@GetMapping("/deferredFails")
		@X402Price("0.10")
		DeferredResult<String> deferredFails() {
			DeferredResult<String> result = new DeferredResult<>();
			threads.execute(() -> result.setErrorResult(new IllegalStateException("failed")));
			return result;
		}

		@GetMapping("/streamingFails")
		@X402Price("0.10")
		StreamingResponseBody streamingFails() {
			return (output) -> {
				output.write("goods".getBytes(StandardCharsets.UTF_8));
				throw new IllegalStateException("failed");
			};
		}

		@GetMapping("/emitterFails")
		@X402Price("0.10")
		ResponseBodyEmitter emitterFails() {
			ResponseBodyEmitter emitter = new ResponseBodyEmitter();
			threads.execute(() -> emitter.completeWithError(new IllegalStateException("failed")));
			return emitter;
		}

		@GetMapping("/timesOut")
		@X402Price("0.10")
		DeferredResult<String> timesOut() {
			return new DeferredResult<>();
		}

		@GetMapping("/notFound")
		@X402Price("0.10")
		Callable<ResponseEntity<String>> notFound() {
			return () -> ResponseEntity.status(404).body("no such thing");
		}

		private static void sending(Sending sending) {
			try {
				sending.run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** What sends. */
	@FunctionalInterface
	interface Sending {

		void run() throws Exception;

	}

}
