package io.github.x402sessions.servlet.webxml;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FilterValueTests {

	@ParameterizedTest
	@CsvSource({ "500ms, PT0.5S", "2s, PT2S", "2 S, PT2S", "3m, PT3M", "1h, PT1H", "PT2S, PT2S", "pt0.25s, PT0.25S" })
	void readsDurations(String text, Duration duration) {
		assertThat(value(text).duration()).isEqualTo(duration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2", "s", "-2s", "0ms", "PT0S", "2 days", "9999999999s" })
	void refusesWhatIsNoPositiveDuration(String text) {
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> value(text).duration())
			.withMessage("readTimeout: '" + text
					+ "' is not a duration. Set it to a positive duration, such as 2s, 500ms or PT2S.");
	}

	private static FilterValue value(String text) {
		return new FilterValue(FilterValue.Source.INIT_PARAMETER, "readTimeout", text);
	}

}
