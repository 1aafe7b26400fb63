package io.github.x402sessions.test;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.payment.ChargeRefusedException;
import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.spring.X402Price;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static io.github.x402sessions.test.PaymentAssertions.assertThatReceipt;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring's ways to stream, charged word by word, with a facilitator that holds.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG")
class MeteredStreamingTests {

	private static final Executor threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private ScriptedFacilitator facilitator;

	@Autowired
	private Books books;

	@Autowired
	private Api api;

	@BeforeEach
	void reset() {
		this.api.second = new CountDownLatch(0);
		this.facilitator.reset();
		this.books.events.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "events", "emitter", "body", "flushed", "flux" })
	void everyWordIsChargedAndAllAreSettledOnce(String way) throws Exception {
		HttpResponse<String> response = pay(way);
		assertThat(response.body().replaceAll("data:|\n", "")).isEqualTo("word".repeat(10));
		assertThatReceipt(response.headers().firstValue("PAYMENT-RESPONSE").orElse(null)).isSettled();
		assertThat(this.facilitator.settled()).extracting(PaymentRequirements::amount).containsExactly("1000000");
		assertThat(this.facilitator.held()).isZero();
		assertThat(this.books.events).containsExactly("settled 1000000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "events", "emitter", "flushed", "flux" })
	void whoLeavesAfterAWordPaysForNoMoreThanHasLeft(String way) throws Exception {
		this.api.second = new CountDownLatch(1);
		try (InputStream words = send(way + "?step=0.0000001", BodyHandlers.ofInputStream()).body()) {
			assertThat(words.read()).isPositive();
			assertThat(this.facilitator.held()).isOne();
		}
		this.api.second.countDown();
		Eventually.holds(() -> assertThat(this.facilitator.settled()).hasSize(1));
		assertThat(this.facilitator.settled().get(0).baseUnits()).isBetween(BigInteger.ONE,
				BigInteger.valueOf(999_999));
		assertThat(this.facilitator.held()).isZero();
		Eventually.holds(() -> assertThat(this.books.events).hasSize(1));
	}

	@Test
	void aFreeRequestHasNoPayment() throws Exception {
		HttpResponse<String> response = this.http.send(request("free").build(), BodyHandlers.ofString());
		assertThat(response.body()).isEqualTo("free");
	}

	@Test
	void whatNobodyChargesIsFree() throws Exception {
		assertThat(pay("nothing").body()).isEqualTo("word");
		assertThat(this.facilitator.settled()).isEmpty();
		assertThat(this.facilitator.held()).isZero();
	}

	private HttpResponse<String> pay(String path) throws IOException, InterruptedException {
		return send(path, BodyHandlers.ofString());
	}

	private <T> HttpResponse<T> send(String path, BodyHandler<T> body) throws IOException, InterruptedException {
		HttpResponse<String> unpaid = this.http.send(request(path).build(), BodyHandlers.ofString());
		String challenge = unpaid.headers().firstValue("PAYMENT-REQUIRED").orElse(null);
		return this.http.send(request(path).header("PAYMENT-SIGNATURE", TestPayments.pay(challenge)).build(), body);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/" + path));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

		@Bean
		Facilitator facilitator() {
			return ScriptedFacilitator.holding();
		}

		@Bean
		Books books() {
			return new Books();
		}

	}

	/** Hears of what is settled. */
	static class Books implements PaymentListener {

		final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public void onSettled(Payment payment, SettleResponse receipt) {
			this.events.add("settled " + payment.charged());
		}

		@Override
		public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
			this.events.add("paid but " + status);
		}

	}

	/** As many words as the price is for. */
	@RestController
	static class Api {

		/** Opened by a test that wants the second word. */
		volatile CountDownLatch second = new CountDownLatch(0);

		@GetMapping("/events")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		SseEmitter events(MeteredPayment payment, @RequestParam(defaultValue = "0.01") String step) {
			SseEmitter emitter = new SseEmitter(0L);
			threads.execute(() -> send(emitter, payment, step));
			return emitter;
		}

		@GetMapping("/emitter")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		ResponseBodyEmitter emitter(MeteredPayment payment, @RequestParam(defaultValue = "0.01") String step) {
			ResponseBodyEmitter emitter = new ResponseBodyEmitter(0L);
			threads.execute(() -> send(emitter, payment, step));
			return emitter;
		}

		private void send(ResponseBodyEmitter emitter, MeteredPayment payment, String step) {
			try {
				while (true) {
					payment.charge(step);
					emitter.send("word");
					Eventually.opens(this.second);
				}
			}
			catch (ChargeRefusedException ex) {
				emitter.completeWithError(ex);
			}
			catch (IOException ex) {
				// The client has gone, which the container tells the emitter.
			}
		}

		@GetMapping(path = "/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		Flux<String> flux(MeteredPayment payment, @RequestParam(defaultValue = "0.01") String step) {
			return Flux.<String>generate((words) -> {
				if (payment.charged().signum() > 0) {
					Eventually.opens(this.second);
				}
				payment.charge(step);
				words.next("word");
			}).subscribeOn(Schedulers.fromExecutor(threads));
		}

		/** Spring's body does not pass a flush on; the response does. */
		@GetMapping("/flushed")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		StreamingResponseBody flushed(MeteredPayment payment, HttpServletResponse response,
				@RequestParam(defaultValue = "0.01") String step) {
			return (output) -> {
				while (payment.remaining().signum() > 0) {
					payment.charge(step);
					output.write("word".getBytes(StandardCharsets.US_ASCII));
					response.flushBuffer();
					Eventually.opens(this.second);
				}
			};
		}

		@GetMapping("/body")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		ResponseEntity<StreamingResponseBody> body(MeteredPayment payment) {
			return ResponseEntity.ok().body((output) -> {
				while (payment.remaining().signum() > 0) {
					payment.charge("0.01");
					output.write("word".getBytes(StandardCharsets.US_ASCII));
				}
			});
		}

		@GetMapping("/nothing")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		StreamingResponseBody nothing(MeteredPayment payment) {
			return (output) -> {
				output.flush();
				output.write("word".getBytes(StandardCharsets.US_ASCII));
			};
		}

		@GetMapping("/free")
		String free(Optional<MeteredPayment> payment) {
			return payment.isEmpty() ? "free" : "paid";
		}

	}

}
