package io.github.x402sessions.test;

import java.time.Duration;

import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.x402sessions.test.PaymentAssertions.assertThatChallenge;
import static io.github.x402sessions.test.PaymentAssertions.assertThatReceipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A test as users write it, with MockMvc.
 */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureX402
class AutoConfigureX402Tests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ScriptedFacilitator facilitator;

	@Test
	void aPaidRequestIsAnswered() {
		assertThatChallenge(ask().getResponse().getHeader("PAYMENT-REQUIRED")).asks("1000000")
			.accepts("session", "stellar:testnet");
		MvcTestResult paid = pay();
		assertThat(paid).hasStatusOk().hasBodyTextEqualTo("goods");
		assertThatReceipt(paid.getResponse().getHeader("PAYMENT-RESPONSE")).isSettled();
		assertThat(this.facilitator.settled()).singleElement()
			.satisfies((terms) -> assertThat(terms.amount()).isEqualTo("1000000"));
	}

	@Test
	void everyScriptIsPlayed() {
		this.facilitator.refuse("cap_exceeded");
		MvcTestResult refused = pay();
		assertThat(refused).hasStatus(402);
		assertThatChallenge(refused.getResponse().getHeader("PAYMENT-REQUIRED")).hasError("cap_exceeded");
		this.facilitator.refuseToSettle("cap_exceeded");
		MvcTestResult unsettled = pay();
		assertThat(unsettled).hasStatus(402);
		assertThatReceipt(unsettled.getResponse().getHeader("PAYMENT-RESPONSE")).failedWith("cap_exceeded");
		this.facilitator.fail();
		assertThat(pay()).hasStatus(503);
		assertThat(this.facilitator.settled()).isEmpty();
		this.facilitator.forget();
		MvcTestResult forgotten = pay();
		assertThatReceipt(forgotten.getResponse().getHeader("PAYMENT-RESPONSE")).failedWith("settlement_unknown");
		assertThat(forgotten.getResponse().getStatus()).isGreaterThanOrEqualTo(400);
		assertThat(this.facilitator.settled()).hasSize(1);
		this.facilitator.delay(Duration.ofMillis(50));
		assertThat(pay()).hasStatusOk();
	}

	@Test
	void everyKindOfPaymentIsSupported() {
		MvcTestResult unpaid = this.mvc.get().uri("/abroad").exchange();
		assertThatChallenge(unpaid.getResponse().getHeader("PAYMENT-REQUIRED")).accepts("exact", "eip155:8453");
	}

	@RepeatedTest(2)
	void noScriptOutlivesItsTest() {
		assertThat(pay()).hasStatusOk();
		assertThat(this.facilitator.settled()).hasSize(1);
		this.facilitator.fail();
	}

	@Test
	void assertionsFailOnWhatIsNotThere() {
		assertThatThrownBy(() -> assertThatChallenge(null).asks("1")).isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> assertThatReceipt(null).isSettled()).isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> TestPayments.pay(null)).isInstanceOf(IllegalArgumentException.class);
	}

	private MvcTestResult ask() {
		return this.mvc.get().uri("/chat").exchange();
	}

	private MvcTestResult pay() {
		return this.mvc.get()
			.uri("/chat")
			.header("PAYMENT-SIGNATURE", TestPayments.pay(ask().getResponse().getHeader("PAYMENT-REQUIRED")))
			.exchange();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

		@GetMapping("/abroad")
		@X402Price(value = "0.10", scheme = "exact", network = "eip155:8453",
				asset = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", assetDecimals = "6",
				payTo = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C")
		String abroad() {
			return "goods";
		}

	}

}
