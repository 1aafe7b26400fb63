package io.github.x402sessions.samples.twolines;

import io.github.x402sessions.spring.X402Price;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sells a quote.
 */
@RestController
class QuoteController {

	@GetMapping("/quote")
	@X402Price("0.10")
	String quote() {
		return "What settles in five seconds is argued about for none.";
	}

}
