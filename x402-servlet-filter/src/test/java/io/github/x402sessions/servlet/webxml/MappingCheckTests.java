package io.github.x402sessions.servlet.webxml;

import java.util.List;

import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.InitParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MappingCheckTests {

	private final InitParameters parameters = InitParameters.complete();

	@ParameterizedTest
	@CsvSource({ "/*, /api", "/*, /api/*", "/*, /*", "/api/*, /api", "/api/*, /api/*", "/api/*, /api/a", "/api, /api",
			"*.do, /api/a.do" })
	void aRouteBehindTheFilterIsFine(String urlPattern, String path) {
		assertThat(warnings(urlPattern, path)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/api/*, /*", "/api/*, /apis", "/api, /api/*", "/api/a, /api/b", "*.do, /api/*", "/api/v1/*, /api/*" })
	void aRouteThatIsReachedOtherwiseIsWarnedAbout(String urlPattern, String path) {
		assertThat(warnings(urlPattern, path)).containsExactly("here: filter 'payments' is mapped to [" + urlPattern
				+ "], so '" + path + "' or a part of it is free. Map the filter to /*.");
	}

	@Test
	void aPathWithTheContextPathIsWarnedAbout() {
		assertThat(warnings("/*", "/shop/api")).singleElement()
			.asString()
			.contains("starts with the context path '/shop'");
	}

	private List<String> warnings(String urlPattern, String path) {
		this.parameters.urlPatterns = List.of(urlPattern);
		return MappingCheck.of(this.parameters.config())
			.unreached(List.of(new RouteLine("here", RouteMethod.ALL, path, "1", null, null)));
	}

}
