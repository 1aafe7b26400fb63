package io.github.x402sessions.samples.agent.mcp;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;
import io.github.x402sessions.spring.X402Accept;
import io.github.x402sessions.spring.X402Price;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A server that charges, with a ledger and a facilitator.
 */
public final class PaidShop implements AutoCloseable {

	private final LocalStellar stellar = LocalStellar.start(new LocalSettings(0, Duration.ofMillis(200), 0, null,
			Map.of("poll-interval", "50ms", "discovery.enabled", "true"), 0));

	private final ConfigurableApplicationContext shop = SpringApplication.run(Shop.class, "--server.port=0",
			"--spring.main.banner-mode=off", "--x402.facilitator.url=" + this.stellar.facilitator().url(),
			"--x402.facilitator.authorization=" + this.stellar.merchantAuthorization(),
			"--x402.pay-to=" + this.stellar.merchant());

	public String url() {
		return "http://localhost:" + this.shop.getEnvironment().getProperty("local.server.port");
	}

	public LocalStellar stellar() {
		return this.stellar;
	}

	/** How often a quote was made. */
	public int quotes() {
		return this.shop.getBean(Api.class).quotes.get();
	}

	@Override
	public void close() {
		this.shop.close();
		this.stellar.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Shop {

	}

	record Translation(String text, String into) {
	}

	@RestController
	static class Api {

		private final AtomicInteger quotes = new AtomicInteger();

		@GetMapping("/quote")
		@X402Price("0.01")
		Map<String, Object> quote() {
			return Map.of("quote", "Small payments make patient customers.", "number", this.quotes.incrementAndGet());
		}

		@GetMapping("/dear")
		@X402Price("0.50")
		String dear() {
			return "gold";
		}

		@GetMapping("/single")
		@X402Price(accepts = { @X402Accept(price = "0.01"), @X402Accept(price = "0.01", scheme = "exact") })
		String single() {
			return "one";
		}

		@PostMapping("/chat")
		@X402Price("0.02")
		Map<String, String> chat(@RequestBody Map<String, String> message, @RequestHeader("X-Mood") String mood) {
			return Map.of("reply", mood + ": " + message.get("message"));
		}

		@GetMapping("/weather/{city}")
		@X402Price(value = "0.02", description = "A forecast of the weather")
		Map<String, Object> weather(@PathVariable("city") String city, @RequestParam("days") int days) {
			return new TreeMap<>(Map.of("city", city, "days", days));
		}

		@PostMapping("/translate")
		@X402Price(value = "0.01", description = "Translates a text")
		String translate(@RequestBody Translation asked) {
			return asked.text() + " in " + asked.into();
		}

		@GetMapping("/picture")
		@X402Price("0.01")
		ResponseEntity<byte[]> picture() {
			return ResponseEntity.ok().header("Content-Type", "image/png").body(new byte[] { 1, 2, 3 });
		}

		@GetMapping("/book")
		@X402Price("0.01")
		String book() {
			return "page ".repeat(10_000);
		}

		@GetMapping("/moved")
		ResponseEntity<Void> moved() {
			return ResponseEntity.status(HttpStatus.FOUND).header("Location", "http://169.254.169.254/").build();
		}

		@GetMapping("/free")
		String free() {
			return "a present";
		}

	}

}
