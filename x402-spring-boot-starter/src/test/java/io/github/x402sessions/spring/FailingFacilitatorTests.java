package io.github.x402sessions.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A facilitator that hangs or does not know this server is seen, and holds up nothing but
 * payments.
 */
class FailingFacilitatorTests {

	/** Four threads in all: one may wait for the facilitator, and one for its turn. */
	@Test
	void madeUpPaymentsDoNotHoldAllThreadsWhileItHangs() throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "server.tomcat.threads.max=4",
				"server.tomcat.threads.min-spare=4", "x402.facilitator.read-timeout=5s")) {
			String payment = shop.paymentFor("/goods");
			shop.hang();
			List<CompletableFuture<String>> made = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				made.add(CompletableFuture.supplyAsync(() -> pay(shop, payment), (task) -> new Thread(task).start()));
			}
			Eventually.isTrue(() -> made.stream().filter(CompletableFuture::isDone).count() == 11);
			assertThat(made.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
				.allMatch((answer) -> answer.startsWith("503"));
			assertThat(shop.ask("/free")).isEqualTo("200 free");
			assertThat(shop.verifies()).isEqualTo(1);
			assertThat(made.stream().filter(CompletableFuture::isDone).count()).isEqualTo(11);
		}
	}

	/** Six threads in all: two may settle. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void paymentsThatDoNotSettleDoNotHoldAllThreads(boolean answersPending) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "server.tomcat.threads.max=6",
				"server.tomcat.threads.min-spare=6", "x402.facilitator.read-timeout=5s")) {
			String payment = shop.paymentFor("/goods");
			if (answersPending) {
				shop.keepPending();
			}
			else {
				shop.hangWhenSettling();
			}
			List<CompletableFuture<String>> made = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				made.add(CompletableFuture.supplyAsync(() -> pay(shop, payment), (task) -> new Thread(task).start()));
			}
			SettlementPlaces places = shop.bean(Facilitator.class).settlementPlaces();
			Eventually.isTrue(places::isFull);
			int verified = shop.verifies();
			for (int i = 0; i < 6; i++) {
				assertThat(pay(shop, payment)).startsWith("503").contains("The payment was not used");
			}
			assertThat(shop.ask("/free")).isEqualTo("200 free");
			assertThat(made).noneMatch(CompletableFuture::isDone);
			assertThat(shop.verifies()).isEqualTo(verified);
			shop.settle();
			assertThat(made)
				.allSatisfy((unknown) -> assertThat(unknown.join()).startsWith(answersPending ? "200 goods" : "503")
					.doesNotContain("not used"));
			assertThat(places.isFull()).isFalse();
			assertThat(pay(shop, payment)).isEqualTo("200 goods");
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
