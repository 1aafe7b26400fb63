package io.github.x402sessions.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settling beside a handler, on the threads that the application has chosen.
 */
class VirtualThreadTests {

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
	void settlementsRunOnVirtualThreadsWhereTheyAreOn() throws Exception {
		assertThat(settleWith("spring.threads.virtual.enabled=true")).hasSize(1)
			.first()
			.asString()
			.contains("VirtualThread", "x402-settlement-");
	}

	@Test
	void settlementsRunOnThreadsOfTheFilterOtherwise() throws Exception {
		assertThat(settleWith("spring.threads.virtual.enabled=false")).hasSize(1)
			.first()
			.asString()
			.startsWith("Thread[")
			.contains("x402-settlement-");
	}

	private static List<String> settleWith(String property) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, property)) {
			assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			return shop.bean(Threads.class).seen;
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, Threads.class })
	static class Application {

	}

	static class Threads implements PaymentListener {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private final CountDownLatch begun = new CountDownLatch(1);

		@Override
		public void beforeSettle(Payment payment) {
			this.seen.add(Thread.currentThread().toString());
			this.begun.countDown();
		}

	}

	/** Takes longer than it takes to begin to settle. */
	@RestController
	static class Api {

		private final Threads threads;

		Api(Threads threads) {
			this.threads = threads;
		}

		@GetMapping("/chat")
		@X402Price(value = "0.10", settlement = SettlementTiming.DURING_HANDLER)
		String chat() throws InterruptedException {
			return this.threads.begun.await(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS) ? "goods"
					: "nothing";
		}

	}

}
