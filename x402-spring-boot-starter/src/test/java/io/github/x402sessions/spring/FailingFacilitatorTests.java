package io.github.x402sessions.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A facilitator that hangs or does not know this server is seen, and holds up nothing but
 * payments.
 */
class FailingFacilitatorTests {

	/** Four threads in all: two may wait for the facilitator. */
	@Test
	void madeUpPaymentsDoNotHoldAllThreadsWhileItHangs() throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "server.tomcat.threads.max=4",
				"server.tomcat.threads.min-spare=4", "x402.facilitator.read-timeout=20s")) {
			String payment = shop.paymentFor("/goods");
			shop.hang();
			List<CompletableFuture<String>> made = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				made.add(CompletableFuture.supplyAsync(() -> pay(shop, payment), (task) -> new Thread(task).start()));
			}
			await().until(() -> made.stream().filter(CompletableFuture::isDone).count() == 10);
			assertThat(made.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
				.allMatch((answer) -> answer.startsWith("503"));
			assertThat(shop.ask("/free")).isEqualTo("200 free");
			assertThat(shop.verifies()).isEqualTo(2);
			assertThat(made.stream().filter(CompletableFuture::isDone).count()).isEqualTo(10);
		}
	}

	@Test
	void aWrongKeyTurnsHealthDown() throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "management.endpoint.health.show-details=always")) {
			assertThat(shop.askWithPaymentFor("/goods", "/goods")).isEqualTo("200 goods");
			assertThat(shop.ask("/actuator/health")).startsWith("200 ");
			shop.refuseItsPayments();
			assertThat(shop.askWithPaymentFor("/goods", "/goods")).startsWith("502 ");
			assertThat(shop.ask("/actuator/health")).startsWith("503 ").contains("refuses this server", "401");
		}
	}

	private static String pay(RunningShop shop, String payment) {
		try {
			return shop.ask("/goods", "PAYMENT-SIGNATURE", payment);
		}
		catch (Exception ex) {
			return ex.toString();
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

	}

	@RestController
	static class Api {

		@GetMapping("/goods")
		@X402Price("0.10")
		String goods() {
			return "goods";
		}

		@GetMapping("/free")
		String free() {
			return "free";
		}

	}

}
