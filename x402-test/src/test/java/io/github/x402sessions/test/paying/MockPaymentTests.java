package io.github.x402sessions.test.paying;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.spring.X402Accept;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.WithPayment;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import static io.github.x402sessions.test.MockPayment.payment;
import static io.github.x402sessions.test.PaymentAssertions.assertThatChallenge;
import static io.github.x402sessions.test.PaymentAssertions.assertThatReceipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Requests of tests that are paid for in a word.
 */
class MockPaymentTests {

	private static final String ALICE = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	@Nested
	@SpringBootTest
	@AutoConfigureMockMvc
	@AutoConfigureX402
	class Mocked {

		@Autowired
		private MockMvc mockMvc;

		@Autowired
		private MockMvcTester mvc;

		@Autowired
		private ScriptedFacilitator facilitator;

		@Autowired
		private AtomicInteger heard;

		@Test
		void aRequestIsPaid() throws Exception {
			this.mockMvc.perform(get("/chat").with(payment()))
				.andExpect(status().isOk())
				.andExpect(content().string("paid 1000000 by " + ScriptedFacilitator.PAYER));
			MvcTestResult paid = this.mvc.get().uri("/chat").with(payment().from(ALICE)).exchange();
			assertThat(paid).hasBodyTextEqualTo("paid 1000000 by " + ALICE);
			assertThatReceipt(paid.getResponse().getHeader("PAYMENT-RESPONSE")).isSettled();
			assertThat(this.facilitator.settled()).hasSize(2);
			assertThat(this.mvc.get().uri("/chat")).hasStatus(402);
		}

		@Test
		void aBodyReachesItsHandler() {
			assertThat(this.mvc.post().uri("/echo").contentType(MediaType.TEXT_PLAIN).content("words").with(payment()))
				.hasStatusOk()
				.hasBodyTextEqualTo("words");
		}

		@Test
		void aSchemeAndANetworkAreChosen() {
			assertThat(this.mvc.get().uri("/both").with(payment().scheme("exact"))).hasStatusOk();
			assertThat(this.mvc.get().uri("/both").with(payment().network("stellar:pubnet"))).hasStatusOk();
			assertThat(this.facilitator.settled()).extracting((terms) -> terms.scheme() + " " + terms.amount())
				.containsExactly("exact 1200000", "session 900000");
			assertThatIllegalStateException()
				.isThrownBy(() -> this.mockMvc.perform(get("/chat").with(payment().scheme("exact"))))
				.withMessageContaining("exact")
				.withMessageContaining("session on stellar:testnet");
		}

		@Test
		void anotherAmountIsNotTaken() {
			MvcTestResult little = this.mvc.get().uri("/chat").with(payment().amount("999999")).exchange();
			assertThat(little).hasStatus(402);
			assertThatChallenge(little.getResponse().getHeader("PAYMENT-REQUIRED"))
				.hasError("no_matching_requirements");
			assertThat(this.mvc.get().uri("/chat").with(payment().amount("1000000"))).hasStatusOk();
		}

		@Test
		void everyFailureIsChosen() {
			MvcTestResult refused = this.mvc.get()
				.uri("/chat")
				.with(payment().refused("insufficient_funds"))
				.exchange();
			assertThat(refused).hasStatus(402);
			assertThatChallenge(refused.getResponse().getHeader("PAYMENT-REQUIRED")).hasError("insufficient_funds");
			MvcTestResult unsettled = this.mvc.get().uri("/chat").with(payment().unsettled("cap_exceeded")).exchange();
			assertThat(unsettled).hasStatus(402);
			assertThatReceipt(unsettled.getResponse().getHeader("PAYMENT-RESPONSE")).failedWith("cap_exceeded");
			assertThat(this.mvc.get().uri("/chat").with(payment().unreachable())).hasStatus(503);
			assertThat(this.facilitator.settled()).isEmpty();
			MvcTestResult lost = this.mvc.get().uri("/chat").with(payment().lost()).exchange();
			assertThatReceipt(lost.getResponse().getHeader("PAYMENT-RESPONSE")).failedWith("settlement_unknown");
			assertThat(this.mvc.get().uri("/chat").with(payment())).hasStatusOk();
			this.facilitator.refuse("cap_exceeded");
			assertThat(this.mvc.get().uri("/chat").with(payment())).hasStatus(402);
		}

		@Test
		void aPaidCallTakesNoFreeOneAndIsHeardOfOnce() {
			for (int i = 1; i <= 3; i++) {
				assertThat(this.mvc.get().uri("/trial").with(payment())).hasBodyTextEqualTo("true");
				assertThat(this.facilitator.settled()).hasSize(i);
			}
			assertThat(this.heard).hasValue(3);
			assertThat(this.mvc.get().uri("/trial")).hasBodyTextEqualTo("false");
			assertThat(this.mvc.get().uri("/trial")).hasBodyTextEqualTo("false");
			assertThat(this.mvc.get().uri("/trial")).hasStatus(402);
			assertThat(this.mvc.get().uri("/trial").with(payment())).hasBodyTextEqualTo("true");
			assertThat(this.facilitator.settled()).hasSize(4);
		}

		@Test
		void whatIsFreeStaysSo() {
			assertThat(this.mvc.get().uri("/free").with(payment())).hasStatusOk().hasBodyTextEqualTo("free null");
			assertThat(this.facilitator.settled()).isEmpty();
		}

		@Test
		@WithPayment(from = ALICE)
		void allRequestsArePaid() {
			assertThat(this.mvc.get().uri("/chat")).hasBodyTextEqualTo("paid 1000000 by " + ALICE);
			assertThat(this.mvc.get().uri("/chat").with(payment()))
				.hasBodyTextEqualTo("paid 1000000 by " + ScriptedFacilitator.PAYER);
			assertThat(this.mvc.get().uri("/chat").header("PAYMENT-SIGNATURE", "nonsense")).hasStatus(400);
		}

		@Test
		@WithPayment(refused = "insufficient_funds")
		void allAreRefused() {
			assertThat(this.mvc.get().uri("/chat")).hasStatus(402);
			assertThat(this.facilitator.settled()).isEmpty();
		}

		@Test
		@WithPayment(unsettled = "cap_exceeded", scheme = "exact")
		void allAreUnsettled() {
			MvcTestResult unsettled = this.mvc.get().uri("/both").exchange();
			assertThatReceipt(unsettled.getResponse().getHeader("PAYMENT-RESPONSE")).failedWith("cap_exceeded");
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
	@AutoConfigureX402
	@WithPayment
	class WithAPort {

		@LocalServerPort
		private int port;

		@Test
		void allRequestsArePaid() {
			client().get().uri("/chat").exchange().expectStatus().isOk();
		}

		@Test
		@WithPayment(enabled = false)
		void orOneOfThem() {
			client().get().uri("/chat").exchange().expectStatus().isEqualTo(402);
			client().get()
				.uri("/chat")
				.headers(payment().from(ALICE))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.isEqualTo("paid 1000000 by " + ALICE);
			client().get().uri("/chat").headers(payment().refused("expired")).exchange().expectStatus().isEqualTo(402);
		}

		private RestTestClient client() {
			return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
		}

	}

	@Nested
	@WebMvcTest(Api.class)
	@AutoConfigureX402
	class Sliced {

		@Autowired
		private MockMvcTester mvc;

		@Test
		@WithPayment
		void requestsArePaid() {
			assertThat(this.mvc.get().uri("/chat")).hasStatusOk();
		}

	}

	@Nested
	@SpringBootTest(properties = "x402.enabled=false")
	@AutoConfigureMockMvc
	@AutoConfigureX402
	class SwitchedOff {

		@Autowired
		private MockMvcTester mvc;

		@Test
		void nothingIsPaid() {
			assertThat(this.mvc.get().uri("/free").with(payment())).hasStatusOk();
		}

	}

	@Test
	void withoutAScriptedFacilitatorItSaysSo() {
		assertThatIllegalStateException().isThrownBy(() -> payment().postProcessRequest(new MockHttpServletRequest()))
			.withMessageContaining("@AutoConfigureX402");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

		@Bean
		AtomicInteger heard() {
			return new AtomicInteger();
		}

		@Bean
		PaymentListener trials(AtomicInteger heard) {
			return new PaymentListener() {

				@Override
				public Access onRequest(HttpServletRequest request, PricedRoute route) {
					if (request.getRequestURI().equals("/trial")) {
						heard.incrementAndGet();
					}
					return Access.CHARGE;
				}

			};
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat(Payment payment) {
			return "paid " + payment.amount() + " by " + payment.payer().orElse("nobody");
		}

		@PostMapping("/echo")
		@X402Price("0.10")
		String echo(@RequestBody String body) {
			return body;
		}

		@GetMapping("/both")
		@X402Price(accepts = { @X402Accept(price = "0.10"), @X402Accept(price = "0.12", scheme = "exact"),
				@X402Accept(price = "0.09", network = "stellar:pubnet") })
		String both() {
			return "goods";
		}

		@GetMapping("/trial")
		@X402Price(price = "0.10", freePerDay = 2)
		String trial(Optional<Payment> payment) {
			return String.valueOf(payment.isPresent());
		}

		@GetMapping("/free")
		String free(@RequestHeader(name = "X402-Test-Payment", required = false) String header,
				Optional<Payment> payment) {
			return "free " + header;
		}

	}

}
