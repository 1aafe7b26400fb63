package io.github.x402sessions.samples.paidchat.chat;

import java.util.stream.Collectors;

import io.github.x402sessions.servlet.payment.Payment;
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

	private final ChatBot bot;

	ChatController(ChatBot bot) {
		this.bot = bot;
	}

	/** A whole reply is there before it is settled, so its own length counts. */
	@PostMapping("/api/chat")
	@X402Price(value = "0.10", description = "One reply of the chat bot", mimeType = "application/json")
	Reply chat(@RequestBody Message message, Payment payment) {
		String reply = this.bot.reply(text(message)).collect(Collectors.joining()).block();
		if (reply == null || reply.isEmpty()) {
			throw new ResponseStatusException(HttpStatus.BAD_GATEWAY, "the bot has no reply");
		}
		this.bot.tariff().charge(payment, reply.length());
		return new Reply(reply, this.bot.name());
	}

	/**
	 * A stream is settled when its first words are there and the others are not, so the
	 * length of the question counts.
	 */
	@PostMapping(path = "/api/chat/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@X402Price(value = "0.10", description = "One reply of the chat bot, word by word",
			mimeType = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<Words> stream(@RequestBody Message message, Payment payment) {
		String text = text(message);
		this.bot.tariff().charge(payment, text.length());
		return this.bot.reply(text).map(Words::new);
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

	record Words(String text) {
	}

}
