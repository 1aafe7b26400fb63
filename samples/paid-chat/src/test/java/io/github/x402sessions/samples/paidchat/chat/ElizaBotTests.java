package io.github.x402sessions.samples.paidchat.chat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ElizaBotTests {

	private final ElizaBot bot = new ElizaBot();

	@Test
	void turnsWhatWasSaidAround() {
		assertThat(this.bot.reply("I need my money back.")).isEqualTo("What would change if you had your money back?");
	}

	@Test
	void hasAnAnswerToEverything() {
		assertThat(this.bot.reply("%s $1 \\")).isNotBlank();
		assertThat(this.bot.name()).contains("ELIZA-style");
	}

}
