package io.github.x402sessions.test.devnet;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.x402sessions.test.PaymentAssertions.assertThatReceipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Applications that are paid for real on a ledger of one annotation.
 */
class AutoConfigureX402DevnetTests {

	/** The ledger of the class that ran first. */
	private static final AtomicReference<StellarDevnet> first = new AtomicReference<>();

	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = Application.class,
			properties = "x402.facilitator.strict-start=true")
	@AutoConfigureX402Devnet
	abstract static class Sold {

		@Autowired
		private DevnetPayer payer;

		@Autowired
		private DevnetConnection connection;

		@Autowired
		private StellarDevnet devnet;

		@LocalServerPort
		private int port;

		@RepeatedTest(2)
		void isPaidOnTheLedger() throws Exception {
			BigInteger had = this.devnet.usdcBalance(this.connection.merchant());
			BigInteger left = this.payer.balance();
			HttpResponse<String> paid = this.payer.httpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/tea")).build(),
						BodyHandlers.ofString());
			assertThat(paid.body()).isEqualTo("tea");
			assertThatReceipt(paid.headers().firstValue("PAYMENT-RESPONSE").orElse(null)).isSettled();
			assertThat(this.devnet.usdcBalance(this.connection.merchant()))
				.isEqualTo(had.add(BigInteger.valueOf(100_000)));
			assertThat(this.payer.balance()).isEqualTo(left.subtract(BigInteger.valueOf(100_000)));
		}

		@Test
		void theLedgerIsThatOfTheOtherClass() {
			first.compareAndSet(null, this.devnet);
			assertThat(this.devnet).isSameAs(first.get());
		}

	}

	@Nested
	class One extends Sold {

	}

	@Nested
	class Other extends Sold {

	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0.0", "-1", "much", "1e3", "0.12345678" })
	void otherFundsAreRefused(String funds) {
		assertThatIllegalArgumentException().isThrownBy(() -> new DevnetCustomizer(200, funds))
			.withMessageContaining("funds");
		assertThatIllegalArgumentException().isThrownBy(() -> new DevnetCustomizer(0, "1"))
			.withMessageContaining("ledgerInterval");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Tea.class)
	static class Application {

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
