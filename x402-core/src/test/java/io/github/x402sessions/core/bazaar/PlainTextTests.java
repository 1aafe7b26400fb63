package io.github.x402sessions.core.bazaar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainText}.
 */
class PlainTextTests {

	@Test
	void textIsOnOneLineWithoutWhatNobodySees() {
		assertThat(PlainText.of(" a\r\n\tb\u001b[2J\u009b31m\u202e<b>c</b><script ", 100)).isEqualTo("a b [2J 31m c");
		assertThat(PlainText.of("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 2)).isEqualTo("\uD83D\uDE00\uD83D\uDE00");
		assertThat(PlainText.of("\u0000 \u200b", 100)).isNull();
		assertThat(PlainText.of(7, 100)).isNull();
		assertThat(PlainText.of(null, 100)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000", "a\u001b[2J", "\u007f", "\u0085", "a\u009b31m", "\u202e", "\u2066" })
	void controlCharactersTwistAText(String text) {
		assertThat(PlainText.isTwisted(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\tb\r\nc", "\u00a0\u00e5\uD83D\uDE00" })
	void layoutDoesNot(String text) {
		assertThat(PlainText.isTwisted(text)).isFalse();
	}

}
