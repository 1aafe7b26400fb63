package demo;

import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.spring.X402Price;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sells the same for the same, once on credit.
 */
@SpringBootApplication
@RestController
public class Shop {

	private static final String QUOTE = "A penny saved is a penny earned.";

	public static void main(String[] arguments) {
		SpringApplication.run(Shop.class, arguments);
	}

	@GetMapping("/deferred")
	@X402Price(value = "0.0001", settlement = SettlementTiming.DEFERRED)
	String deferred() {
		return QUOTE;
	}

	@GetMapping("/at-commit")
	@X402Price("0.0001")
	String atCommit() {
		return QUOTE;
	}

}
