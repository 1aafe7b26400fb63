package io.github.x402sessions.core.http;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer says of a clock.
 */
class ClockDifferenceTests {

	private static final Instant ASKED = Instant.parse("2026-11-30T01:00:00.500Z");

	private static final Instant ANSWERED = ASKED.plusSeconds(4);

	/** An answer is made at any time between, and its seconds are whole. */
	@ParameterizedTest
	@CsvSource({ "01:00:00, 0 s ahead of, true", "01:00:04, 0 s behind, true", "00:59:30, 29 s ahead of, true",
			"00:59:29, 30 s ahead of, false", "01:00:34, 29 s behind, true", "01:00:35, 30 s behind, false" })
	void theLeastDifferenceCounts(String time, String told, boolean tolerable) {
		String date = "Mon, 30 Nov 2026 " + time + " GMT";
		assertThat(ClockDifference.of(List.of(date, date), List.of(), ASKED, ANSWERED)).hasValueSatisfying((one) -> {
			assertThat(one.describe()).isEqualTo(told);
			assertThat(one.isTolerable()).isEqualTo(tolerable);
		});
	}

	@Test
	void whatSaysNothingOfNowIsNotCompared() {
		String date = "Mon, 30 Nov 2026 00:00:00 GMT";
		assertThat(ClockDifference.of(List.of(date), List.of("3600"), ASKED, ANSWERED)).isEmpty();
		assertThat(ClockDifference.of(List.of(), List.of(), ASKED, ANSWERED)).isEmpty();
		assertThat(ClockDifference.of(List.of("now"), List.of(), ASKED, ANSWERED)).isEmpty();
		assertThat(ClockDifference.of(List.of(date, "Mon, 30 Nov 2026 00:00:01 GMT"), List.of(), ASKED, ANSWERED))
			.isEmpty();
	}

}
