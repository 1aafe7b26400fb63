package io.github.x402sessions.samples.paidchat.chat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ElizaBotTests {

	private final ElizaBot bot = new ElizaBot();

	@Test
	void turnsWhatWasSaidAround() {
		assertThat(said("I need my money back.")).isEqualTo("What would change if you had your money back?");
	}

	@Test
	void hasAnAnswerToEverything() {
		assertThat(said("%s $1 \\")).isNotBlank();
		assertThat(this.bot.name()).contains("ELIZA-style");
	}

	private String said(String message) {
		return String.join("", this.bot.reply(message).toIterable());
	}

}
