package io.github.x402sessions.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.SettlementTiming;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.servlet.payment.ChargeRefusedException;
import io.github.x402sessions.servlet.payment.MeteredPayment;
import io.github.x402sessions.servlet.payment.Payment;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.spring.X402Price;
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
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

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

	@BeforeEach
	void reset() {
		this.facilitator.reset();
		this.books.events.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "events", "emitter", "body" })
	void everyWordIsChargedAndAllAreSettledOnce(String way) throws Exception {
		HttpResponse<String> response = pay(way);
		assertThat(response.body().replaceAll("data:|\n", "")).isEqualTo("word".repeat(10));
		assertThatReceipt(response.headers().firstValue("PAYMENT-RESPONSE").orElse(null)).isSettled();
		assertThat(this.facilitator.settled()).extracting(PaymentRequirements::amount).containsExactly("1000000");
		assertThat(this.facilitator.held()).isZero();
		assertThat(this.books.events).containsExactly("settled 1000000");
	}

	@Test
	void aFreeRequestHasNoPayment() throws Exception {
		HttpResponse<String> response = this.http.send(request("free").build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.body()).isEqualTo("free");
	}

	@Test
	void whatNobodyChargesIsFree() throws Exception {
		assertThat(pay("nothing").body()).isEqualTo("word");
		assertThat(this.facilitator.settled()).isEmpty();
		assertThat(this.facilitator.held()).isZero();
	}

	private HttpResponse<String> pay(String path) throws IOException, InterruptedException {
		HttpResponse<String> unpaid = this.http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
		String challenge = unpaid.headers().firstValue("PAYMENT-REQUIRED").orElse(null);
		return this.http.send(request(path).header("PAYMENT-SIGNATURE", TestPayments.pay(challenge)).build(),
				HttpResponse.BodyHandlers.ofString());
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

		@GetMapping("/events")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		SseEmitter events(MeteredPayment payment) {
			SseEmitter emitter = new SseEmitter(0L);
			threads.execute(() -> send(emitter, payment));
			return emitter;
		}

		@GetMapping("/emitter")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		ResponseBodyEmitter emitter(MeteredPayment payment) {
			ResponseBodyEmitter emitter = new ResponseBodyEmitter(0L);
			threads.execute(() -> send(emitter, payment));
			return emitter;
		}

		private static void send(ResponseBodyEmitter emitter, MeteredPayment payment) {
			try {
				while (true) {
					payment.charge("0.01");
					emitter.send("word");
				}
			}
			catch (ChargeRefusedException ex) {
				emitter.completeWithError(ex);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
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
