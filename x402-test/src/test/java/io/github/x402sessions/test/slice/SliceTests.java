package io.github.x402sessions.test.slice;

import java.util.Optional;

import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slices of web applications: their handlers run for free, or are charged where the test
 * asks for that.
 */
class SliceTests {

	@Nested
	@WebMvcTest(Api.class)
	class Plain {

		@Autowired
		private MockMvcTester mvc;

		@Test
		void handlersRunForFreeAndSeeNoPayment() {
			assertThat(this.mvc.get().uri("/chat")).hasStatusOk().hasBodyTextEqualTo("free");
		}

	}

	@Nested
	@WebMvcTest(Api.class)
	@AutoConfigureX402
	class Charged {

		@Autowired
		private MockMvcTester mvc;

		@Test
		void handlersAreCharged() {
			String challenge = this.mvc.get().uri("/chat").exchange().getResponse().getHeader("PAYMENT-REQUIRED");
			assertThat(this.mvc.get().uri("/chat").header("PAYMENT-SIGNATURE", TestPayments.pay(challenge)))
				.hasStatusOk()
				.hasBodyTextEqualTo("paid");
		}

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
		String chat(Optional<Payment> payment) {
			return payment.isPresent() ? "paid" : "free";
		}

	}

}
