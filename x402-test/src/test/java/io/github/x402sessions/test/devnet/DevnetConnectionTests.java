package io.github.x402sessions.test.devnet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.x402sessions.test.PaymentAssertions.assertThatChallenge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with an embedded facilitator on a local ledger, of one property and two
 * beans.
 */
@SpringBootTest(properties = { "x402.facilitator.embedded=true", "x402.facilitator.strict-start=true" })
@AutoConfigureMockMvc
class DevnetConnectionTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private DevnetConnection connection;

	@Test
	void facilitatorStandsOnTheLedger() {
		MvcTestResult asked = this.mvc.get().uri("/tea").exchange();
		String challenge = asked.getResponse().getHeader("PAYMENT-REQUIRED");
		assertThat(asked).hasStatus(402);
		assertThatChallenge(challenge).asks("100000").accepts("session", "stellar:testnet");
		assertThat(new String(Base64.getDecoder().decode(challenge), StandardCharsets.UTF_8))
			.contains("\"payTo\":\"" + this.connection.merchant(), "\"spender\":\"" + this.connection.spender());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		StellarDevnet devnet() {
			return StellarDevnet.builder().ledgerInterval(Duration.ofMillis(200)).start();
		}

		@Bean
		DevnetConnection connection(StellarDevnet devnet) {
			return new DevnetConnection(devnet);
		}

		@Bean
		Tea tea() {
			return new Tea();
		}

	}

	@RestController
	static class Tea {

		@GetMapping("/tea")
		@X402Price("0.01")
		String tea() {
			return "tea";
		}

	}

}
