package io.github.x402sessions.spring.answers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.FreePort;
import io.github.x402sessions.fixtures.RedisServer;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance is a process that is killed with a request in hand: the other one serves
 * its client, who pays once.
 */
class KilledInstanceTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	Path directory;

	private RedisServer redis;

	private RunningShop shop;

	private Process killed;

	private int port;

	@BeforeEach
	void open() {
		this.redis = AnswerPlace.redis();
		this.shop = new RunningShop(Application.class, properties());
	}

	@AfterEach
	void close() throws InterruptedException {
		if (this.killed != null) {
			kill();
		}
		this.shop.close();
		this.redis.close();
	}

	private String[] properties() {
		return new String[] { "x402.answers.store=redis", "x402.answers.lease=3s", "x402.answers.timeout=10s",
				"spring.data.redis.url=redis://127.0.0.1:" + this.redis.port() };
	}

	private void start(String... more) throws IOException {
		this.port = FreePort.find();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						Application.class.getName()));
		for (String[] all : new String[][] { properties(), more,
				{ "server.port=" + this.port, "x402.facilitator.url=" + this.shop.facilitator(),
						"x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
						"shop.mark=" + this.directory.resolve("handling") } }) {
			for (String property : all) {
				command.add("--" + property);
			}
		}
		this.killed = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
		Eventually.isTrue(this::isUp);
	}

	private boolean isUp() {
		try {
			return ask("/free", "none").statusCode() == 200;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private void kill() throws InterruptedException {
		this.killed.destroyForcibly();
		this.killed.waitFor(30, TimeUnit.SECONDS);
	}

	private HttpResponse<String> ask(String path, String payment) {
		try {
			return this.http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
				.header(PaymentHeader.SIGNATURE, payment)
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private String payment() throws Exception {
		PaymentPayload payment = PaymentHeader.decode(this.shop.paymentFor("/chat"), PaymentPayload.class, 65536);
		return PaymentHeader.encode(PaymentIdentifier.random().in(payment));
	}

	private HttpResponse<String> repeat(String payment) throws Exception {
		return this.shop.send("/chat", PaymentHeader.SIGNATURE, payment);
	}

	@Test
	void whileItsHandlerRuns() throws Exception {
		start("shop.hangs=true");
		String payment = payment();
		CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> ask("/chat", payment));
		Eventually.isTrue(() -> Files.exists(this.directory.resolve("handling")));
		assertThat(repeat(payment).statusCode()).isEqualTo(409);
		kill();
		Eventually.isTrue(() -> repeat(payment).statusCode() == 200);
		assertThat(repeat(payment).body()).isEqualTo("goods");
		assertThat(first.handle((answer, failure) -> failure != null).join()).isTrue();
		assertThat(this.shop.settles()).isEqualTo(1);
	}

	@Test
	void whileItsPaymentIsSettled() throws Exception {
		start();
		this.shop.settleUnheard();
		String payment = payment();
		CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> ask("/chat", payment));
		Eventually.isTrue(() -> this.shop.settles() == 1);
		assertThat(repeat(payment).statusCode()).isEqualTo(409);
		kill();
		Eventually.holds(() -> assertThat(repeat(payment).body()).isEqualTo("goods"));
		assertThat(repeat(payment).body()).as("what was paid for before").isEqualTo("goods");
		assertThat(first).isCompletedExceptionally();
		assertThat(this.shop.settles()).as("the second time told as replayed").isEqualTo(2);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

		public static void main(String[] arguments) {
			SpringApplication.run(Application.class, arguments);
		}

	}

	@RestController
	static class Api {

		private final Environment environment;

		Api(Environment environment) {
			this.environment = environment;
		}

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() throws IOException {
			String mark = this.environment.getProperty("shop.mark");
			if (mark != null) {
				Files.createFile(Path.of(mark));
			}
			if (this.environment.getProperty("shop.hangs", Boolean.class, false)) {
				Eventually.opens(new CountDownLatch(1));
			}
			return "goods";
		}

		@GetMapping("/free")
		String free() {
			return "free";
		}

	}

}
