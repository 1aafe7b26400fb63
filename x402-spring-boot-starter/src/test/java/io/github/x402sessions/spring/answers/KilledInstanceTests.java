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
 * An instance is a process that is killed with requests in hand: the other one serves its
 * clients, who pay once.
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
		return new String[] { "x402.answers.store=redis", "x402.answers.lease=2s", "x402.answers.timeout=10s",
				"server.shutdown=immediate", "spring.data.redis.url=redis://127.0.0.1:" + this.redis.port() };
	}

	private void start() throws IOException {
		this.port = FreePort.find();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-XX:+UseSerialGC", "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						Application.class.getName()));
		for (String[] all : new String[][] { properties(),
				{ "server.port=" + this.port, "x402.facilitator.url=" + this.shop.facilitator(),
						"x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
						"shop.mark=" + this.directory.resolve("handling"), "spring.main.lazy-initialization=true" } }) {
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

	private String payment(String path) throws Exception {
		PaymentPayload payment = PaymentHeader.decode(this.shop.paymentFor(path), PaymentPayload.class, 65536);
		return PaymentHeader.encode(PaymentIdentifier.random().in(payment));
	}

	private HttpResponse<String> repeat(String path, String payment) throws Exception {
		return this.shop.send(path, PaymentHeader.SIGNATURE, payment);
	}

	@Test
	void whileAHandlerRunsAndAnotherPaymentIsSettled() throws Exception {
		start();
		this.shop.settleUnheard();
		String running = payment("/slow");
		String settling = payment("/chat");
		CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> ask("/slow", running));
		CompletableFuture<HttpResponse<String>> second = CompletableFuture.supplyAsync(() -> ask("/chat", settling));
		Eventually.isTrue(() -> Files.exists(this.directory.resolve("handling")) && this.shop.settles() == 1);
		assertThat(repeat("/slow", running).statusCode()).isEqualTo(409);
		assertThat(repeat("/chat", settling).statusCode()).isEqualTo(409);
		kill();
		Eventually.holds(() -> assertThat(repeat("/chat", settling).body()).isEqualTo("goods"));
		assertThat(repeat("/chat", settling).body()).as("what was paid for before").isEqualTo("goods");
		assertThat(this.shop.settles()).as("the second time told as replayed").isEqualTo(2);
		this.shop.settle();
		Eventually.isTrue(() -> repeat("/slow", running).statusCode() == 200);
		assertThat(repeat("/slow", running).body()).isEqualTo("goods");
		assertThat(this.shop.settles()).isEqualTo(3);
		for (CompletableFuture<?> lost : List.of(first, second)) {
			assertThat(lost.handle((answer, failure) -> failure != null).join()).isTrue();
		}
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
		String chat() {
			return "goods";
		}

		@GetMapping("/slow")
		@X402Price("0.10")
		String slow() throws IOException {
			String mark = this.environment.getProperty("shop.mark");
			if (mark != null) {
				Files.createFile(Path.of(mark));
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
