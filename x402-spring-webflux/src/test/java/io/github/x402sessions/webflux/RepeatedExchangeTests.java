package io.github.x402sessions.webflux;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import io.github.x402sessions.servlet.SignedCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payment identifiers, and calls that their payers have signed for, on Netty.
 */
class RepeatedExchangeTests {

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static final String FORM = "application/x-www-form-urlencoded";

	private static FluxShop shop;

	@BeforeAll
	static void open() {
		shop = new FluxShop(facilitator, SoldThings.class, "x402.public-base-url=https://shop.example",
				"x402.signed-body-limit=100KB");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		facilitator.forget();
		SoldThings.Shop.runs.set(0);
	}

	@Test
	void whoAsksAgainHasTheSameAnswerForTheSameMoney() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		HttpResponse<String> first = post("/echo", "tea", payment);
		HttpResponse<String> again = post("/echo", "tea", payment);
		assertThat(first.body()).isEqualTo("goods tea");
		assertThat(again.body()).isEqualTo("goods tea");
		assertThat(PaidContainer.receipt(again)).isEqualTo(PaidContainer.receipt(first));
		assertThat(again.headers().firstValue("Content-Type")).isEqualTo(first.headers().firstValue("Content-Type"));
		assertThat(SoldThings.Shop.runs).hasValue(1);
		assertThat(facilitator.settled).hasValue(1);
	}

	@Test
	void cookiesAreRepeated() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = shop.get("/cookie", PaymentHeader.SIGNATURE, payment);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().allValues("Set-Cookie")).containsExactlyInAnyOrder("visit=here; Path=/",
					"basket=tea; Path=/");
		}
		assertThat(SoldThings.Shop.runs).hasValue(1);
	}

	@Test
	void cookiesOfOthersAreReplaced() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = shop.get("/cookie?anew", PaymentHeader.SIGNATURE, payment);
			assertThat(response.headers().allValues("Set-Cookie")).containsExactly("basket=tea; Path=/");
		}
	}

	@Test
	void anotherBodyIsAnotherRequest() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		assertThat(post("/echo", "tea", payment).statusCode()).isEqualTo(200);
		HttpResponse<String> other = post("/echo", "pea", payment);
		assertThat(other.statusCode()).isEqualTo(409);
		assertThat(other.body()).contains("payment-identifier-spent");
		assertThat(SoldThings.Shop.runs).hasValue(1);
	}

	@Test
	void whatIsBeingHandledIsBusy() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		CountDownLatch settling = new CountDownLatch(1);
		facilitator.gate = settling;
		CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> {
			try {
				return post("/echo", "tea", payment);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		try {
			Eventually.holds(() -> assertThat(facilitator.settled).hasValue(1));
			HttpResponse<String> second = post("/echo", "tea", payment);
			assertThat(second.statusCode()).isEqualTo(409);
			assertThat(second.body()).contains("payment-identifier-busy");
		}
		finally {
			settling.countDown();
		}
		assertThat(first.get().body()).isEqualTo("goods tea");
	}

	@Test
	void aSignedCallPaysForItsBodyAlone() throws Exception {
		assertThat(post("/echo", "tea", signed("/echo", "tea")).body()).isEqualTo("goods tea");
		assertThat(facilitator.settled).hasValue(1);
		HttpResponse<String> other = post("/echo", "pea", signed("/echo", "tea"));
		assertThat(other.statusCode()).isEqualTo(402);
		assertThat(PaidContainer.challenge(other).error()).contains("resource_mismatch");
		assertThat(post("/echo", "tea", signed("/form", "tea")).statusCode()).isEqualTo(402);
		assertThat(SoldThings.Shop.runs).hasValue(1);
		assertThat(facilitator.settled).hasValue(1);
	}

	@Test
	void aSignedFormIsReadByItsHandler() throws Exception {
		HttpResponse<String> response = shop.send("POST", "/form", "name=tea", "Content-Type", FORM,
				PaymentHeader.SIGNATURE, signed("/form", "name=tea"));
		assertThat(response.body()).isEqualTo("goods tea");
	}

	@Test
	void aSignedBodyThatIsTooLongIsRefused() throws Exception {
		String body = "x".repeat(200 * 1024);
		HttpResponse<String> response = post("/echo", body, signed("/echo", body));
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.body()).contains("signed-body-too-long");
		String shorter = "x".repeat(90 * 1024);
		assertThat(post("/echo", shorter, signed("/echo", shorter)).body()).hasSize(6 + shorter.length());
	}

	@Test
	void anUnsignedPaymentLeavesTheBodyToItsHandler() throws Exception {
		String body = "x".repeat(200 * 1024);
		assertThat(post("/echo", body, PaidContainer.payment()).body()).hasSize(6 + body.length());
	}

	private static String signed(String path, String body) {
		return SignedCalls.header(PaymentIdentifier.random(), "POST", "https://shop.example" + path,
				SignedCalls.hash(body));
	}

	private static HttpResponse<String> post(String path, String body, String payment) throws Exception {
		return shop.send("POST", path, body, "Content-Type", "text/plain", PaymentHeader.SIGNATURE, payment);
	}

}
