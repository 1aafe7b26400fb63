package io.github.x402sessions.samples.paidtools.shop;

import java.time.LocalDate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The sunrise equation beside what almanacs say.
 */
class SunDayTests {

	private static final LocalDate SOLSTICE = LocalDate.of(2026, 12, 21);

	@Test
	void timesAreThoseOfTheClocksOfThePlace() {
		assertThat(SunDay.of(Place.named("Lisbon"), SOLSTICE))
			.isEqualTo(new SunDay("Lisbon", "2026-12-21", "07:51", "17:18", "9:27"));
		assertThat(SunDay.of(Place.named("sydney"), SOLSTICE).sunrise()).startsWith("05:4");
		assertThat(SunDay.of(Place.named("Oslo"), SOLSTICE.plusMonths(6)).sunset()).startsWith("22:4");
	}

	@Test
	void whereTheSunStaysDownThereIsNoSunrise() {
		assertThat(SunDay.of(Place.named("Tromsø"), SOLSTICE))
			.isEqualTo(new SunDay("Tromsø", "2026-12-21", null, null, "0:00"));
		assertThat(SunDay.of(Place.named("Tromsø"), SOLSTICE.plusMonths(6)).daylight()).isEqualTo("24:00");
	}

	@Test
	void aPlaceThatNobodyKnowsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Place.named("Atlantis"));
	}

}
