package io.github.x402sessions.spring;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of properties in the project's README, against the generated metadata.
 */
class ReadmeTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(x402\\.[^`]+)` \\|");

	@Test
	void theTableNamesAllProperties() throws Exception {
		Set<String> expected = new TreeSet<>(metadata());
		assertThat(expected).contains("x402.pay-to", "x402.routes");
		expected.remove("x402.routes");
		for (RecordComponent component : X402Properties.Route.class.getRecordComponents()) {
			expected.add("x402.routes[]." + kebab(component.getName()));
		}
		List<String> rows = ROW.matcher(Files.readString(Path.of("../README.md")))
			.results()
			.map((row) -> row.group(1))
			.toList();
		assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
	}

	private static Set<String> metadata() throws IOException {
		try (InputStream file = ReadmeTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(file).isNotNull();
			List<?> properties = (List<?>) JsonParserFactory.getJsonParser()
				.parseMap(new String(file.readAllBytes(), StandardCharsets.UTF_8))
				.get("properties");
			return properties.stream()
				.map((property) -> (String) ((Map<?, ?>) property).get("name"))
				.collect(Collectors.toSet());
		}
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
