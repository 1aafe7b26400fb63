package io.github.x402sessions.samples.paidchat.chat;

import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@Test
	void piecesBecomeWords() {
		assertThat(words("Hel", "lo wor", "ld, ", "again", "", "\n\n", "and again. ")).containsExactly("Hello",
				" world,", " again", "\n\nand", " again.");
	}

	@Test
	void nothingIsNoWord() {
		assertThat(words()).isEmpty();
		assertThat(words("", " ")).isEmpty();
	}

	private static List<String> words(String... pieces) {
		return Words.of(Flux.just(pieces)).collectList().block();
	}

}
