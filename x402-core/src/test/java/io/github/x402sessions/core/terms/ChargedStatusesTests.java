package io.github.x402sessions.core.terms;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which answers cost.
 */
class ChargedStatusesTests {

	@Test
	void byDefaultSuccessesCost() {
		ChargedStatuses statuses = ChargedStatuses.defaults();
		assertThat(List.of(200, 204, 302, 303, 399)).allMatch(statuses::include);
		assertThat(List.of(304, 400, 404, 500, 599, 0, 999)).noneMatch(statuses::include);
	}

	@Test
	void aRouteMaySayWhich() {
		ChargedStatuses statuses = ChargedStatuses.of(List.of("200-206", " 303", "4xx"));
		assertThat(List.of(200, 206, 303, 400, 499)).allMatch(statuses::include);
		assertThat(List.of(207, 302, 304, 500)).noneMatch(statuses::include);
	}

	@ParameterizedTest
	@ValueSource(strings = { "200", "200-204", "2xx" })
	void askingForARangeMakesNothingFree(String text) {
		assertThat(ChargedStatuses.of(List.of(text)).include(206)).isTrue();
		assertThat(ChargedStatuses.of(List.of("201")).include(206)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "20", "2000", "600", "2XY", "206-200", "200-", "*" })
	void whatIsNoStatusIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ChargedStatuses.of(List.of(text)));
	}

	@Test
	void somethingHasToCost() {
		assertThatIllegalArgumentException().isThrownBy(() -> ChargedStatuses.of(List.of()));
	}

}
