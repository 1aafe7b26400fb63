package io.github.x402sessions.contradictory;

import io.github.x402sessions.spring.X402Price;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller that no scan of the other tests may find: Spring refuses to read it.
 */
@RestController
public class TwicePriced {

	@X402Price(value = "0.10", price = "0.20")
	@GetMapping("/quote")
	String quote() {
		return "";
	}

}
