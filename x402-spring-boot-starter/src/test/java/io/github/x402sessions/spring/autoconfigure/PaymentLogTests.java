package io.github.x402sessions.spring.autoconfigure;

import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class PaymentLogTests {

	@Test
	void aPaymentIsOneLineWithItsPartsAndWithoutSecrets() throws Exception {
		try (RunningShop shop = new RunningShop(Application.class);
				CapturedLog log = CapturedLog.of(PaymentLog.class, Level.INFO)) {
			assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			assertThat(log.events()).singleElement().satisfies((line) -> {
				assertThat(line.getLevel()).isEqualTo(Level.INFO);
				assertThat(line.getFormattedMessage()).startsWith(
						"Route '/chat' was paid: 0.1 of CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA "
								+ "on stellar:testnet, by GP in transaction ab12");
				Map<String, String> parts = line.getKeyValuePairs()
					.stream()
					.collect(Collectors.toMap((pair) -> pair.key, (pair) -> String.valueOf(pair.value)));
				assertThat(parts).containsEntry("x402.event", "settled").containsEntry("x402.amount", "0.1");
				assertThat(parts.get("x402.transaction")).startsWith("ab12");
				assertThat(parts.get("x402.identifier")).hasSizeLessThan(12);
			});
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
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

	}

}
