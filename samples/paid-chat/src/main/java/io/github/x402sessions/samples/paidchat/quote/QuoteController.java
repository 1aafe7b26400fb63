package io.github.x402sessions.samples.paidchat.quote;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller without a word about payments: {@code /api/quote} is priced in
 * {@code application.yml}.
 */
@RestController
class QuoteController {

	private static final List<String> QUOTES = List.of("A price that is asked openly is half a kindness.",
			"What settles in five seconds is argued about for none.", "Trust the cap, not the counterparty.",
			"Small payments make patient customers.", "An allowance is a promise with an end date.");

	@GetMapping("/api/quote")
	Quote quote() {
		return new Quote(QUOTES.get(ThreadLocalRandom.current().nextInt(QUOTES.size())));
	}

	@GetMapping("/api/free")
	Quote free() {
		return new Quote("The best things here cost 0.01.");
	}

	record Quote(String quote) {
	}

}
