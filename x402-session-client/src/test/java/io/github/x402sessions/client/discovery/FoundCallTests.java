package io.github.x402sessions.client.discovery;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FoundCall}.
 */
class FoundCallTests {

	private final FoundCall call = new FoundCall("GET", "https://shop.example:8443/v1/:city/:cityName/:a", false,
			List.of(path("city"), path("cityName"), path("a"),
					new CallParameter("days", CallParameter.Place.QUERY, true, "3", null),
					new CallParameter("unit", CallParameter.Place.QUERY, false, null, null),
					new CallParameter("X-Mood", CallParameter.Place.HEADER, true, "merry", null)),
			null, null, null);

	@Test
	void valuesAreOneSegmentAndOneValueEach() {
		assertThat(this.call.url(Map.of("city", "O/s?l#o%", "cityName", "Å :a", "a", "/:cityName", "days", "3&x=y+ *")))
			.hasToString("https://shop.example:8443/v1/O%2Fs%3Fl%23o%25/%C3%85%20%3Aa/%2F%3AcityName"
					+ "?days=3%26x%3Dy%2B%20%2A");
	}

	@Test
	void whatIsMissingIsNamedWithItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.call.url(Map.of("city", "Oslo")))
			.withMessage("cityName (path), a (path), days (query) missing");
	}

	@Test
	void whatIsUnknownIsNamedWithWhatThereIs() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.call.url(Map.of("town", "Oslo", "X-Mood", "sad")))
			.withMessageStartingWith("X-Mood, town: there is no such parameter; there are city (path)")
			.withMessageContaining("unit (query)");
	}

	@ParameterizedTest
	@CsvSource({ "''", ".", ".." })
	void pathDoesNotGoElsewhere(String value) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.call.url(Map.of("city", value, "cityName", "a", "a", "b", "days", "1")))
			.withMessageContaining("city cannot be");
	}

	@Test
	void queryGoesBehindTheOneThatIsThere() {
		FoundCall listed = new FoundCall("GET", "https://shop.example/a?b=c", false,
				List.of(new CallParameter("d", CallParameter.Place.QUERY, false, "e", null)), null, null, null);
		assertThat(listed.url(Map.of())).hasToString("https://shop.example/a?b=c");
		assertThat(listed.url(listed.examples())).hasToString("https://shop.example/a?b=c&d=e");
		assertThat(this.call.examples()).containsExactly(Map.entry("days", "3"));
	}

	private static CallParameter path(String name) {
		return new CallParameter(name, CallParameter.Place.PATH, true, null, null);
	}

}
