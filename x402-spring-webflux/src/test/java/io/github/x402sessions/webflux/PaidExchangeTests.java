package io.github.x402sessions.webflux;

import java.net.http.HttpResponse;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Paid exchanges of a reactive application on Netty, from end to end.
 */
class PaidExchangeTests {

	private static final SettleResponse REFUSAL = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static FluxShop shop;

	@BeforeAll
	static void open() {
		shop = new FluxShop(facilitator, SoldThings.class, "x402.hold-budget=16KB", "x402.routes[0].path=/functions/**",
				"x402.routes[0].price=0.10", "x402.routes[1].path=/files/**", "x402.routes[1].price=0.10",
				"x402.routes[2].path=/index.html", "x402.routes[2].price=0.10");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		facilitator.settled.set(0);
		facilitator.receipt = ScriptedFacilitator.RECEIPT;
		facilitator.verdict = VerifyResponse.valid("GP");
		SoldThings.Shop.runs.set(0);
	}

	@Test
	void whatIsFreeIsFreeAndSeesNoPayment() throws Exception {
		assertThat(shop.get("/free").body()).isEqualTo("free false");
		assertThat(shop.pay("/free").body()).isEqualTo("free false");
		assertThat(facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sold", "/functions/sold", "/files/book.txt", "/index.html", "/" })
	void whatIsSoldIsAskedFor(String path) throws Exception {
		HttpResponse<String> response = shop.get(path);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(PaidContainer.challenge(response).accepts()).containsExactly(PaidContainer.TERMS);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.body()).doesNotContain(Handlers.GOODS).contains("accepts");
		HttpResponse<String> page = shop.get(path, "Accept", "text/html");
		assertThat(page.statusCode()).isEqualTo(402);
		assertThat(page.body()).contains("<h1>Payment required</h1>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sold", "/functions/sold", "/functions/stream", "/files/book.txt", "/index.html", "/",
			"/before", "/during", "/long" })
	void whatIsPaidLeavesWithItsReceipt(String path) throws Exception {
		HttpResponse<String> response = shop.pay(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains(Handlers.GOODS);
		assertThat(PaidContainer.receipt(response).success()).isTrue();
		assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
		assertThat(facilitator.settled).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sold", "/functions/sold", "/functions/stream", "/files/book.txt", "/before", "/during",
			"/long", "/none" })
	void whatIsNotSettledDoesNotLeave(String path) throws Exception {
		facilitator.receipt = REFUSAL;
		HttpResponse<String> response = shop.pay(path);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().firstValue("X-Goods")).isEmpty();
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("cap_exceeded");
		assertThat(facilitator.settled).hasValue(1);
	}

	@Test
	void adaptersAreAskedOnce() throws Exception {
		SoldThings.asked.set(0);
		assertThat(shop.pay("/sold").statusCode()).isEqualTo(200);
		assertThat(SoldThings.asked).hasValue(1);
	}

	@Test
	void whatIsNotVerifiedDoesNotRun() throws Exception {
		facilitator.verdict = VerifyResponse.invalid("cap_exceeded", null);
		assertThat(shop.pay("/sold").statusCode()).isEqualTo(402);
		assertThat(SoldThings.Shop.runs).hasValue(0);
		assertThat(facilitator.settled).hasValue(0);
	}

	@Test
	void aHandlerSeesItsPaymentAndNotTheHeader() throws Exception {
		assertThat(shop.pay("/sold").body()).isEqualTo("goods false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/status", "/throws", "/breaks" })
	void aFailureIsFree(String path) throws Exception {
		HttpResponse<String> response = shop.pay(path);
		assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(facilitator.settled).hasValue(0);
	}

	@Test
	void whoPaidForAFailureHasTheReceipt() throws Exception {
		HttpResponse<String> response = shop.pay("/paid-failure");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(PaidContainer.receipt(response).success()).isTrue();
	}

	@Test
	void anAnswerWithoutABodyIsSold() throws Exception {
		HttpResponse<String> response = shop.pay("/none");
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.headers().firstValue("X-Goods")).hasValue(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(1);
	}

	@Test
	void whatIsNotModifiedIsFree() throws Exception {
		String modified = shop.pay("/files/book.txt").headers().firstValue("Last-Modified").orElseThrow();
		facilitator.settled.set(0);
		HttpResponse<String> response = shop.get("/files/book.txt", PaymentHeader.SIGNATURE, PaidContainer.payment(),
				"If-Modified-Since", modified);
		assertThat(response.statusCode()).isEqualTo(304);
		assertThat(facilitator.settled).hasValue(0);
	}

	@Test
	void headIsChargedAsGet() throws Exception {
		assertThat(shop.send("HEAD", "/sold", "").statusCode()).isEqualTo(402);
		HttpResponse<String> response = shop.send("HEAD", "/sold", "", PaymentHeader.SIGNATURE,
				PaidContainer.payment());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(facilitator.settled).hasValue(1);
	}

}
