package io.github.x402sessions.spring.route;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathOverlapTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			/quote,           /quote,       true
			/qoute,           /quote,       false
			/quote,           /QUOTE,       true
			/quote,           /quote/more,  false
			/quote/**,        /quote,       true
			/quote/**,        /quote/a/b,   true
			/quote/**,        /quotes,      false
			/quote/{*rest},   /quote/a,     true
			/{any},           /quote,       true
			/{any},           /quote/a,     false
			/book-{id},       /book-{name}, true
			/book-{id},       /boot,        false
			/book-{id},       /b*,          true
			/**/cover.png,    /a/b/{file},  true
			/**/cover.png,    /a/b/c.png,   false
			/a/**/b,          /a/{x}/b,     true
			/**,              /,            true
			/,                /quote,       false
			""")
	void tellsWhetherAPathCanBeMatchedByBoth(String one, String other, boolean overlap) {
		assertThat(PathOverlap.of(one, other)).isEqualTo(overlap);
		assertThat(PathOverlap.of(other, one)).isEqualTo(overlap);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			/api/**,          /api/**,         true
			/**,              /api/{id},       true
			/api/{*rest},     /api/**,         true
			/api/**,          /api,            true
			/api/{any},       /api/{id},       true
			/api/*,           /api/exact,      true
			/api/{id}/pdf,    /api/{name}/pdf, true
			/api/exact,       /api/exact,      true
			/api/exact,       /api/**,         false
			/api/*,           /api/**,         false
			/api/exact,       /api/{id},       false
			/api/{id:[0-9]+}, /api/{id},       false
			/api/**,          /**,             false
			/api,             /api/a,          false
			/api/a,           /api,            false
			/b*,              /book,           false
			""")
	void tellsWhetherOneMatchesAllOfTheOther(String wide, String narrow, boolean covers) {
		assertThat(PathOverlap.covers(wide, narrow)).isEqualTo(covers);
	}

}
