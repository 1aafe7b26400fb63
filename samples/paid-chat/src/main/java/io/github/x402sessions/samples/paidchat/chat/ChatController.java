package io.github.x402sessions.samples.paidchat.chat;

import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Sells replies.
 */
@RestController
class ChatController {

	private static final int MAX_LENGTH = 2000;

	private final ChatBot bot;

	ChatController(ChatBot bot) {
		this.bot = bot;
	}

	@PostMapping("/api/chat")
	@X402Price(value = "0.10", description = "One reply of the chat bot", mimeType = "application/json")
	Reply chat(@RequestBody Message message) {
		String text = message.message();
		if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'message' must be a text of 1 to " + MAX_LENGTH + " characters");
		}
		return new Reply(this.bot.reply(text), this.bot.name());
	}

	record Message(@Nullable String message) {
	}

	record Reply(String reply, String bot) {
	}

}
