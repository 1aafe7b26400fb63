package io.github.x402sessions.spring.answers;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.RedisServer;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.ShopDatabase;
import io.github.x402sessions.spring.X402Price;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of an application that share their answers.
 */
@ParameterizedClass
@EnumSource(names = { "REDIS", "POSTGRESQL" })
class SharedAnswersTests {

	private static final AtomicInteger runs = new AtomicInteger();

	private static volatile Runnable work = () -> {
	};

	private static volatile ShopDatabase database;

	@Parameter
	AnswerPlace.Kind kind;

	private RedisServer redis;

	private RunningShop one;

	private RunningShop two;

	private String payment;

	@BeforeEach
	void open() throws Exception {
		runs.set(0);
		work = () -> {
		};
		List<String> properties = new ArrayList<>(List.of("x402.answers.lease=2s", "x402.answers.timeout=5s",
				"management.health.db.enabled=false", "x402.answers.encryption-key=" + "A".repeat(43) + "=",
				"management.endpoint.health.show-details=always", "x402.facilitator.read-timeout=20s"));
		if (this.kind == AnswerPlace.Kind.REDIS) {
			this.redis = AnswerPlace.redis();
			properties.addAll(List.of("x402.answers.store=redis",
					"spring.data.redis.url=redis://127.0.0.1:" + this.redis.port()));
		}
		else {
			database = ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL);
			properties.add("x402.answers.store=jdbc");
		}
		String[] all = properties.toArray(String[]::new);
		this.one = new RunningShop(Application.class, all);
		this.two = this.one.beside(Application.class, all);
		this.payment = payment("/chat");
	}

	@AfterEach
	void close() {
		work = () -> {
		};
		this.two.close();
		this.one.close();
		if (this.redis != null) {
			this.redis.close();
		}
	}

	private String payment(String path) throws Exception {
		PaymentPayload payment = PaymentHeader.decode(this.one.paymentFor(path), PaymentPayload.class, 65536);
		return PaymentHeader.encode(PaymentIdentifier.random().in(payment));
	}

	private HttpResponse<String> pay(RunningShop shop, String path) {
		try {
			return shop.send(path, PaymentHeader.SIGNATURE, this.payment);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aRepeatAtTheOtherIsAnsweredByteForByte() {
		HttpResponse<String> first = pay(this.one, "/chat");
		assertThat(first.statusCode()).isEqualTo(200);
		for (RunningShop shop : List.of(this.two, this.one, this.two)) {
			HttpResponse<String> again = pay(shop, "/chat");
			assertThat(again.statusCode()).isEqualTo(200);
			assertThat(again.body()).isEqualTo(first.body());
			for (String header : List.of(PaymentHeader.RESPONSE, "X-Run", "Content-Type", "Cache-Control")) {
				assertThat(again.headers().allValues(header)).isEqualTo(first.headers().allValues(header));
			}
		}
		assertThat(pay(this.two, "/chat?other").statusCode()).isEqualTo(409);
		assertThat(runs).hasValue(1);
		assertThat(this.one.settles()).isEqualTo(1);
		MeterRegistry meters = this.two.bean(MeterRegistry.class);
		assertThat(meters.get("x402.answers.claims").tag("known", "answered").functionCounter().count())
			.isGreaterThanOrEqualTo(2);
		assertThat(meters.get("x402.answers.failures").functionCounter().count()).isZero();
		assertThat(meters.get("x402.answers.calls").functionTimer().count()).isPositive();
		assertThat(meters.get("x402.answers.held").gauge().value()).isZero();
		assertThat(meters.get("x402.answers.waiting").gauge().value()).isZero();
	}

	@Test
	void ofManyAtOnceOneRunsAndIsCharged() throws Exception {
		CountDownLatch others = new CountDownLatch(1);
		work = () -> Eventually.opens(others);
		ExecutorService threads = Executors.newFixedThreadPool(64);
		try {
			List<Future<HttpResponse<String>>> answers = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				RunningShop shop = (i % 2 == 0) ? this.one : this.two;
				answers.add(threads.submit(() -> pay(shop, "/chat")));
			}
			Eventually.isTrue(() -> answers.stream().filter(Future::isDone).count() == 63);
			others.countDown();
			List<HttpResponse<String>> all = new ArrayList<>();
			for (Future<HttpResponse<String>> answer : answers) {
				all.add(Eventually.resultOf(answer));
			}
			assertThat(all).filteredOn((answer) -> answer.statusCode() == 200).hasSize(1);
			assertThat(all).filteredOn((answer) -> answer.statusCode() == 409)
				.hasSize(63)
				.allMatch((answer) -> answer.headers().firstValue("Retry-After").isPresent());
			String goods = all.stream().filter((answer) -> answer.statusCode() == 200).findFirst().orElseThrow().body();
			assertThat(pay(this.one, "/chat").body()).isEqualTo(goods);
			assertThat(pay(this.two, "/chat").body()).isEqualTo(goods);
			assertThat(runs).hasValue(1);
			assertThat(this.one.settles()).isEqualTo(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void whatADeadInstanceHadInHandIsServedByTheOther() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch late = new CountDownLatch(1);
		work = () -> {
			if (runs.get() == 1) {
				running.countDown();
				Eventually.opens(late);
			}
		};
		CompletableFuture<HttpResponse<String>> lost = CompletableFuture.supplyAsync(() -> pay(this.one, "/chat"));
		Eventually.opens(running);
		Eventually.staysTrue(Duration.ofSeconds(4), () -> pay(this.two, "/chat").statusCode() == 409);
		this.one.bean(SharedAnswers.class).close();
		Eventually.isTrue(() -> pay(this.two, "/chat").statusCode() == 200);
		String goods = pay(this.two, "/chat").body();
		assertThat(runs).hasValue(2);
		late.countDown();
		HttpResponse<String> tooLate = lost.join();
		assertThat(tooLate.statusCode()).isEqualTo(503);
		assertThat(tooLate.body()).doesNotContain("goods");
		assertThat(this.one.settles()).as("charged at most once in all").isEqualTo(1);
		assertThat(pay(this.two, "/chat").body()).isEqualTo(goods);
	}

	@Test
	void whatADeadInstanceMayHaveSettledIsOwed() {
		this.one.settleUnheard();
		CompletableFuture<HttpResponse<String>> lost = CompletableFuture.supplyAsync(() -> pay(this.one, "/chat"));
		Eventually.isTrue(() -> this.one.settles() == 1);
		this.one.bean(SharedAnswers.class).close();
		Eventually.holds(() -> assertThat(pay(this.two, "/chat").body()).startsWith("goods"));
		String goods = pay(this.two, "/chat").body();
		assertThat(runs).hasValue(2);
		assertThat(this.one.settles()).as("the second time told as replayed").isEqualTo(2);
		assertThat(pay(this.two, "/chat").body()).isEqualTo(goods);
		assertThat(lost).isNotCompleted();
	}

	@Test
	void whoHasLostALeaseChargesNothing() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch late = new CountDownLatch(1);
		work = () -> {
			if (runs.get() == 1) {
				running.countDown();
				Eventually.opens(late);
			}
		};
		CompletableFuture<HttpResponse<String>> frozen = CompletableFuture.supplyAsync(() -> pay(this.one, "/chat"));
		Eventually.opens(running);
		forget();
		HttpResponse<String> other = pay(this.two, "/chat");
		assertThat(other.statusCode()).isEqualTo(200);
		late.countDown();
		assertThat(frozen.join().statusCode()).isEqualTo(503);
		assertThat(frozen.join().body()).doesNotContain("goods");
		assertThat(this.one.settles()).isEqualTo(1);
		assertThat(pay(this.one, "/chat").body()).isEqualTo(other.body());
	}

	/** The store loses what it knows, as though leases had ended. */
	private void forget() {
		if (this.redis != null) {
			this.redis.stop();
			this.redis.start();
		}
		else {
			database.jdbc().sql("delete from x402_answer").update();
		}
	}

	@Test
	void withoutTheStoreNothingRunsAndNothingIsCharged() throws Exception {
		assertThat(this.one.ask("/actuator/health")).startsWith("200 ").contains("x402Answers");
		away(true);
		long begin = System.nanoTime();
		HttpResponse<String> refused = pay(this.one, "/chat");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.body()).contains("answers-unavailable").doesNotContain("redis", "database", "goods");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("Lettuce would wait for a minute")
			.isLessThan(Duration.ofSeconds(20));
		assertThat(this.one.ask("/actuator/health")).startsWith("503 ")
			.contains("the store of answers does not answer");
		assertThat(runs).hasValue(0);
		assertThat(this.one.settles()).isZero();
		assertThat(this.one.askWithPaymentFor("/chat", "/chat")).as("without an identifier").startsWith("200 goods");
		away(false);
		Eventually.isTrue(() -> pay(this.one, "/chat").statusCode() == 200);
		assertThat(pay(this.two, "/chat").statusCode()).isEqualTo(200);
		assertThat(runs).hasValue(2);
		assertThat(this.one.settles()).isEqualTo(2);
		Eventually.isTrue(() -> this.one.ask("/actuator/health").startsWith("200 "));
	}

	private void away(boolean away) {
		if (this.redis == null) {
			database.away(away);
		}
		else if (away) {
			this.redis.stop();
		}
		else {
			this.redis.start();
		}
	}

	@Test
	void aStoreThatGoesAwayBeforeTheChargeRefuses() {
		work = () -> away(runs.get() == 1);
		assertThat(pay(this.one, "/chat").statusCode()).isEqualTo(503);
		assertThat(this.one.settles()).isZero();
		away(false);
		Eventually.isTrue(() -> pay(this.two, "/chat").statusCode() == 200);
		assertThat(this.one.settles()).isEqualTo(1);
	}

	@Test
	void whatIsPaidForIsKeptUntilTheStoreIsBack() throws Exception {
		work = () -> away(true);
		this.payment = payment("/first");
		HttpResponse<String> answer = pay(this.one, "/first");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(this.one.settles()).isEqualTo(1);
		assertThat(pay(this.two, "/first").statusCode()).isEqualTo(503);
		away(false);
		Eventually.isTrue(() -> pay(this.two, "/first").statusCode() == 200);
		assertThat(pay(this.two, "/first").body()).isEqualTo(answer.body());
		assertThat(runs).hasValue(1);
		assertThat(this.one.settles()).isEqualTo(1);
	}

	@Test
	void withoutTheStorePaymentsMayGoOn() throws Exception {
		List<String> properties = new ArrayList<>(
				List.of("x402.answers.on-failure=forget", "management.health.db.enabled=false"));
		properties.addAll((this.redis != null)
				? List.of("x402.answers.store=redis", "spring.data.redis.url=redis://127.0.0.1:" + this.redis.port())
				: List.of("x402.answers.store=jdbc"));
		try (RunningShop shop = this.one.beside(Application.class, properties.toArray(String[]::new))) {
			assertThat(pay(shop, "/chat").body()).startsWith("goods");
			away(true);
			this.payment = payment("/chat");
			assertThat(pay(shop, "/chat").statusCode()).isEqualTo(200);
			assertThat(runs).hasValue(2);
			assertThat(this.one.settles()).isEqualTo(2);
			assertThat(shop.ask("/actuator/health")).startsWith("200 ");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

		@Bean
		@ConditionalOnProperty(name = "x402.answers.store", havingValue = "jdbc")
		DataSource dataSource() {
			return database;
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat(HttpServletResponse response) {
			response.setHeader("X-Run", Integer.toString(runs.incrementAndGet()));
			work.run();
			return "goods " + UUID.randomUUID();
		}

		@GetMapping("/first")
		@X402Price(value = "0.10", settlement = SettlementTiming.BEFORE_HANDLER)
		String first(HttpServletResponse response) {
			return chat(response);
		}

	}

}
