package io.github.x402sessions.webflux;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More payments than there are threads for.
 */
class CrowdedExchangeTests {

	private final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private final CountDownLatch gate = new CountDownLatch(1);

	private FluxShop shop;

	@BeforeEach
	void open() {
		this.facilitator.gate = this.gate;
		this.shop = new FluxShop(this.facilitator, Application.class);
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.shop.close();
	}

	@Test
	void whatFindsNoThreadIsRefusedAndNotCharged() throws Exception {
		List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
		answers.add(pay());
		Eventually.holds(() -> assertThat(this.facilitator.settled).hasValue(1));
		for (int i = 0; i < 5; i++) {
			answers.add(pay());
		}
		Eventually.holds(() -> assertThat(answers.stream().filter(CompletableFuture::isDone).count()).isEqualTo(4));
		assertThat(this.shop.get("/free").statusCode()).isEqualTo(200);
		assertThat(this.shop.get("/sold").statusCode()).isEqualTo(402);
		for (CompletableFuture<HttpResponse<String>> refused : answers.stream()
			.filter(CompletableFuture::isDone)
			.toList()) {
			assertThat(refused.get().statusCode()).isEqualTo(503);
			assertThat(refused.get().body()).contains("facilitator-unavailable").doesNotContain(Handlers.GOODS);
		}
		this.gate.countDown();
		int sold = 0;
		for (CompletableFuture<HttpResponse<String>> answer : answers) {
			sold += (answer.get().statusCode() == 200) ? 1 : 0;
		}
		assertThat(sold).isEqualTo(2);
		assertThat(this.facilitator.settled).hasValue(2);
	}

	@Test
	void whoGoesBeforeItIsSettledLeavesNothingBehind() throws Exception {
		CompletableFuture<HttpResponse<String>> going = pay();
		Eventually.holds(() -> assertThat(this.facilitator.settled).hasValue(1));
		going.cancel(true);
		this.gate.countDown();
		assertThat(this.shop.pay("/sold").body()).startsWith(Handlers.GOODS);
		assertThat(this.facilitator.settled).hasValue(2);
	}

	private CompletableFuture<HttpResponse<String>> pay() {
		return this.shop.payLater("/sold");
	}

	/** Has one thread to settle, and room for one more. */
	@Configuration(proxyBeanMethods = false)
	@Import(SoldThings.class)
	static class Application {

		@Bean
		PaymentWebFilterCustomizer narrow() {
			return (filter) -> filter.threads(4, 1, 1);
		}

	}

}
