package io.github.x402sessions.samples.paidchat.chat;

import java.math.BigInteger;
import java.util.stream.Collectors;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.spring.X402Accept;
import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;

/**
 * Sells replies, whole or as they are made.
 */
@RestController
class ChatController {

	private static final int MAX_LENGTH = 2000;

	/** Of a word in a stream, whole tokens. */
	private static final String WORD_PRICE = "0.002";

	private final ChatBot bot;

	ChatController(ChatBot bot) {
		this.bot = bot;
	}

	/**
	 * A whole reply is there before it is settled, so its own length counts. It can be
	 * paid alone too, without a session.
	 */
	@PostMapping("/api/chat")
	@X402Price(accepts = { @X402Accept(price = "0.10"), @X402Accept(price = "0.10", scheme = "exact") },
			description = "One reply of the chat bot", mimeType = "application/json")
	Reply chat(@RequestBody Message message, Payment payment) {
		String reply = this.bot.reply(text(message)).collect(Collectors.joining()).block();
		if (reply == null || reply.isEmpty()) {
			throw new ResponseStatusException(HttpStatus.BAD_GATEWAY, "the bot has no reply");
		}
		this.bot.tariff().charge(payment, reply.length());
		return new Reply(reply, this.bot.name());
	}

	/**
	 * A stream is charged word by word as it leaves, until the quoted price is used up. A
	 * visitor who goes pays for the words that arrived.
	 */
	@PostMapping(path = "/api/chat/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED,
			description = "A reply of the chat bot, " + WORD_PRICE + " USDC a word",
			mimeType = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<Word> stream(@RequestBody Message message, MeteredPayment payment) {
		Asset asset = payment.payment().asset();
		BigInteger price = asset.toBaseUnits(WORD_PRICE);
		return Words.of(this.bot.reply(text(message)))
			.take(payment.remaining().divide(price).longValueExact())
			.map((word) -> {
				payment.charge(price);
				return new Word(word, asset.toDecimal(payment.charged()));
			});
	}

	private static String text(Message message) {
		String text = message.message();
		if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'message' must be a text of 1 to " + MAX_LENGTH + " characters");
		}
		return text;
	}

	record Message(@Nullable String message) {
	}

	record Reply(String reply, String bot) {
	}

	/**
	 * A word of a stream.
	 *
	 * @param text the word, with what separates it from the next
	 * @param charged what the reply costs up to here, whole tokens
	 */
	record Word(String text, String charged) {
	}

}
