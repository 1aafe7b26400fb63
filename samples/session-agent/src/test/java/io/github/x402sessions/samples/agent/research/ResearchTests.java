package io.github.x402sessions.samples.agent.research;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.samples.agent.Commands;
import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;
import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demonstration against a shop with the endpoints of the paid chat, on a ledger.
 */
class ResearchTests {

	private static LocalStellar stellar;

	private static ConfigurableApplicationContext shop;

	@BeforeAll
	static void start() {
		stellar = LocalStellar
			.start(new LocalSettings(0, Duration.ofMillis(200), 0, null, Map.of("poll-interval", "50ms"), 0));
		shop = SpringApplication.run(Shop.class, "--server.port=0", "--spring.main.banner-mode=off",
				"--x402.facilitator.url=" + stellar.facilitator().url(),
				"--x402.facilitator.authorization=" + stellar.merchantAuthorization(),
				"--x402.pay-to=" + stellar.merchant());
	}

	@AfterAll
	static void stop() {
		shop.close();
		stellar.close();
	}

	@Test
	void aBudgetOfFiftyCentsBuysAResultAndABill() {
		StringWriter out = new StringWriter();
		assertThat(research(out, "0.50")).isZero();
		List<String> lines = out.toString().lines().toList();
		assertThat(lines).filteredOn((line) -> line.startsWith("POST /api/chat ")).hasSize(3);
		assertThat(lines).filteredOn((line) -> line.startsWith("GET /api/quote ")).hasSize(3);
		assertThat(lines).filteredOn((line) -> line.startsWith("POST /api/slot ")).hasSize(1);
		assertThat(lines).anyMatch((line) -> line.startsWith("result    You ask"));
		assertThat(lines).last()
			.asString()
			.matches("total\\s+0.43 USDC {2}of 0.5 USDC; what is left stays in the wallet");
	}

	@Test
	void aBudgetThatIsTooSmallIsNotExceeded() {
		StringWriter out = new StringWriter();
		assertThat(research(out, "0.15")).isEqualTo(1);
		assertThat(out.toString()).contains("gave up").containsPattern("total\\s+0.12 USDC {2}of 0.15 USDC");
	}

	private static int research(StringWriter out, String budget) {
		String[] arguments = { "research", "--shop",
				"http://localhost:" + shop.getEnvironment().getProperty("local.server.port"), "--cap", budget, "--rpc",
				stellar.rpcUrl() };
		return Commands.of(arguments).setOut(new PrintWriter(out)).execute(Commands.options(arguments));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Shop {

	}

	@RestController
	static class Api {

		@GetMapping("/api/quote")
		@X402Price("0.01")
		Map<String, String> quote() {
			return Map.of("quote", "Small payments make patient customers.");
		}

		@PostMapping("/api/chat")
		@X402Price("0.10")
		Map<String, String> chat(@RequestBody Map<String, String> message) {
			return Map.of("reply", "You ask: " + message.get("message"));
		}

		@PostMapping("/api/slot")
		@X402Price("0.10")
		Map<String, Object> slot() {
			return Map.of("reels", List.of("bell", "plum", "star"), "win", false);
		}

	}

}
