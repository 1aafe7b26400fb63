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
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.RedisServer;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.ShopDatabase;
import io.github.x402sessions.spring.X402Price;
import io.micrometer.core.instrument.MeterRegistry;
import io.github.x402sessions.servlet.payment.PaymentListener;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
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

	private static volatile Runnable settled = () -> {
	};

	private static volatile ShopDatabase database;

	@Parameter
	AnswerPlace.Kind kind;

	private static RedisServer redis;

	private static RunningShop one;

	private static RunningShop two;

	private String payment;

	@BeforeParameterizedClassInvocation
	static void start(AnswerPlace.Kind kind) {
		redis = (kind == AnswerPlace.Kind.REDIS) ? AnswerPlace.redis() : null;
		database = (redis == null) ? ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL) : null;
		one = new RunningShop(Application.class, properties("30s"));
		two = one.beside(Application.class, properties("30s"));
	}

	private static String[] properties(String lease) {
		return Stream.concat(Stream.of("x402.answers.lease=" + lease, "x402.answers.timeout=2s",
				"management.health.db.enabled=false", "x402.answers.encryption-key=" + "A".repeat(43) + "=",
				"management.endpoint.health.show-details=always", "x402.facilitator.read-timeout=20s",
				"server.shutdown=immediate"), place())
			.toArray(String[]::new);
	}

	private static Stream<String> place() {
		return (redis != null)
				? Stream.of("x402.answers.store=redis", "spring.data.redis.url=redis://127.0.0.1:" + redis.port())
				: Stream.of("x402.answers.store=jdbc");
	}

	@AfterParameterizedClassInvocation
	static void end() {
		two.close();
		one.close();
		if (redis != null) {
			redis.close();
		}
	}

	@BeforeEach
	void open() throws Exception {
		runs.set(0);
		one.anew();
		this.payment = payment("/chat");
	}

	@AfterEach
	void close() {
		work = () -> {
		};
		settled = () -> {
		};
	}

	private String payment(String path) throws Exception {
		PaymentPayload payment = PaymentHeader.decode(one.paymentFor(path), PaymentPayload.class, 65536);
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
		HttpResponse<String> first = pay(one, "/chat");
		assertThat(first.statusCode()).isEqualTo(200);
		for (RunningShop shop : List.of(two, one, two)) {
			HttpResponse<String> again = pay(shop, "/chat");
			assertThat(again.statusCode()).isEqualTo(200);
			assertThat(again.body()).isEqualTo(first.body());
			for (String header : List.of(PaymentHeader.RESPONSE, "X-Run", "Content-Type", "Cache-Control")) {
				assertThat(again.headers().allValues(header)).isEqualTo(first.headers().allValues(header));
			}
		}
		assertThat(pay(two, "/chat?other").statusCode()).isEqualTo(409);
		assertThat(runs).hasValue(1);
		assertThat(one.settles()).isEqualTo(1);
		MeterRegistry meters = two.bean(MeterRegistry.class);
		assertThat(meters.get("x402.answers.claims").tag("known", "answered").functionCounter().count())
			.isGreaterThanOrEqualTo(2);
		assertThat(meters.get("x402.answers.failures").functionCounter().count()).isNotNegative();
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
				RunningShop shop = (i % 2 == 0) ? one : two;
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
			assertThat(pay(one, "/chat").body()).isEqualTo(goods);
			assertThat(pay(two, "/chat").body()).isEqualTo(goods);
			assertThat(runs).hasValue(1);
			assertThat(one.settles()).isEqualTo(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void whatAnInstanceThatStandsStillHasInHandIsServedByTheOther() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch late = new CountDownLatch(1);
		work = () -> {
			if (runs.get() == 1) {
				running.countDown();
				Eventually.opens(late);
			}
		};
		CompletableFuture<HttpResponse<String>> lost = CompletableFuture.supplyAsync(() -> pay(one, "/chat"));
		Eventually.opens(running);
		assertThat(pay(two, "/chat").statusCode()).isEqualTo(409);
		endLeases();
		HttpResponse<String> other = pay(two, "/chat");
		assertThat(other.statusCode()).isEqualTo(200);
		assertThat(runs).hasValue(2);
		late.countDown();
		HttpResponse<String> tooLate = lost.join();
		assertThat(tooLate.statusCode()).isEqualTo(503);
		assertThat(tooLate.body()).doesNotContain("goods");
		assertThat(one.settles()).as("charged at most once in all").isEqualTo(1);
		assertThat(pay(one, "/chat").body()).isEqualTo(other.body());
	}

	@Test
	void whatADeadInstanceMayHaveSettledIsOwed() {
		one.settleUnheard();
		try (RunningShop dying = one.beside(Application.class, properties("1s"))) {
			CompletableFuture<HttpResponse<String>> lost = CompletableFuture.supplyAsync(() -> pay(dying, "/chat"));
			Eventually.isTrue(() -> one.settles() == 1);
			dying.bean(SharedAnswers.class).close();
			endLeases();
			Eventually.holds(() -> assertThat(pay(two, "/chat").body()).startsWith("goods"));
			String goods = pay(two, "/chat").body();
			assertThat(runs).hasValue(2);
			assertThat(one.settles()).as("the second time told as replayed").isEqualTo(2);
			assertThat(pay(two, "/chat").body()).isEqualTo(goods);
			assertThat(lost).isNotCompleted();
		}
	}

	@Test
	void whatAnotherHasTakenOverIsAnsweredByItAlone() {
		CountDownLatch paid = new CountDownLatch(1);
		CountDownLatch late = new CountDownLatch(1);
		settled = () -> {
			if (paid.getCount() == 1) {
				paid.countDown();
				Eventually.opens(late);
			}
		};
		CompletableFuture<HttpResponse<String>> frozen = CompletableFuture.supplyAsync(() -> pay(one, "/chat"));
		Eventually.opens(paid);
		assertThat(pay(two, "/chat").statusCode()).isEqualTo(409);
		endLeases();
		HttpResponse<String> other = pay(two, "/chat");
		assertThat(other.body()).startsWith("goods");
		late.countDown();
		assertThat(frozen.join().statusCode()).isEqualTo(503);
		assertThat(frozen.join().body()).doesNotContain("goods").contains("paid for once");
		assertThat(pay(one, "/chat").body()).isEqualTo(other.body());
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
		CompletableFuture<HttpResponse<String>> frozen = CompletableFuture.supplyAsync(() -> pay(one, "/chat"));
		Eventually.opens(running);
		forget();
		HttpResponse<String> other = pay(two, "/chat");
		assertThat(other.statusCode()).isEqualTo(200);
		late.countDown();
		assertThat(frozen.join().statusCode()).isEqualTo(503);
		assertThat(frozen.join().body()).doesNotContain("goods");
		assertThat(one.settles()).isEqualTo(1);
		assertThat(pay(one, "/chat").body()).isEqualTo(other.body());
	}

	/** The store loses what it knows, as though leases had ended. */
	private void forget() {
		if (redis != null) {
			redis.forget();
		}
		else {
			database.jdbc().sql("delete from x402_answer").update();
		}
	}

	/** As though the one that has them stood still for too long. */
	private static void endLeases() {
		if (redis != null) {
			redis.change(
					"EVAL \"for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('HSET', key, 'u', '1') end\" 0");
		}
		else {
			database.jdbc().sql("update x402_answer set leased_until = 1").update();
		}
	}

	@Test
	void withoutTheStoreNothingRunsAndNothingIsCharged() throws Exception {
		assertThat(one.ask("/actuator/health")).startsWith("200 ").contains("x402Answers");
		away(true);
		long begin = System.nanoTime();
		HttpResponse<String> refused = pay(one, "/chat");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.body()).contains("answers-unavailable").doesNotContain("redis", "database", "goods");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("Lettuce would wait for a minute")
			.isLessThan(Duration.ofSeconds(20));
		assertThat(one.ask("/actuator/health")).startsWith("503 ").contains("the store of answers does not answer");
		assertThat(runs).hasValue(0);
		assertThat(one.settles()).isZero();
		assertThat(one.askWithPaymentFor("/chat", "/chat")).as("without an identifier").startsWith("200 goods");
		away(false);
		Eventually.isTrue(() -> pay(one, "/chat").statusCode() == 200);
		assertThat(pay(two, "/chat").statusCode()).isEqualTo(200);
		assertThat(runs).hasValue(2);
		assertThat(one.settles()).isEqualTo(2);
		Eventually.isTrue(() -> one.ask("/actuator/health").startsWith("200 "));
	}

	private static void away(boolean away) {
		if (redis == null) {
			database.away(away);
		}
		else if (away) {
			redis.stop();
		}
		else {
			redis.start();
		}
	}

	@Test
	void aStoreThatGoesAwayBeforeTheChargeRefuses() {
		work = () -> {
			if (runs.get() == 1) {
				away(true);
			}
		};
		assertThat(pay(one, "/chat").statusCode()).isEqualTo(503);
		assertThat(one.settles()).isZero();
		away(false);
		Eventually.isTrue(() -> pay(two, "/chat").statusCode() == 200);
		assertThat(one.settles()).isEqualTo(1);
	}

	@Test
	void whatIsPaidForIsKeptUntilTheStoreIsBack() throws Exception {
		work = () -> away(true);
		this.payment = payment("/first");
		HttpResponse<String> withheld = pay(one, "/first");
		assertThat(withheld.statusCode()).isEqualTo(503);
		assertThat(withheld.body()).doesNotContain("goods").contains("paid for once");
		assertThat(one.settles()).isEqualTo(1);
		assertThat(pay(two, "/first").statusCode()).isEqualTo(503);
		away(false);
		long begin = System.nanoTime();
		Eventually.isTrue(() -> pay(two, "/first").statusCode() == 200);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("Lettuce would wait for up to 30 seconds")
			.isLessThan(Duration.ofSeconds(20));
		String goods = pay(one, "/first").body();
		assertThat(goods).startsWith("goods");
		assertThat(pay(two, "/first").body()).isEqualTo(goods);
		assertThat(runs).hasValue(1);
		assertThat(one.settles()).isEqualTo(1);
	}

	@Test
	void withoutTheStorePaymentsMayGoOn() throws Exception {
		String[] properties = Stream
			.concat(Stream.of("x402.answers.on-failure=forget", "management.health.db.enabled=false"), place())
			.toArray(String[]::new);
		try (RunningShop shop = one.beside(Application.class, properties)) {
			assertThat(pay(shop, "/chat").body()).startsWith("goods");
			away(true);
			this.payment = payment("/chat");
			assertThat(pay(shop, "/chat").statusCode()).isEqualTo(200);
			assertThat(runs).hasValue(2);
			assertThat(one.settles()).isEqualTo(2);
			assertThat(shop.ask("/actuator/health")).startsWith("200 ");
		}
		finally {
			away(false);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, Settlements.class })
	static class Application {

		@Bean
		@ConditionalOnProperty(name = "x402.answers.store", havingValue = "jdbc")
		DataSource dataSource() {
			return database;
		}

	}

	/** The facilitator has answered. */
	@Component
	static class Settlements implements PaymentListener {

		@Override
		public void onSettled(Payment payment, SettleResponse receipt) {
			settled.run();
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
