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

import io.github.x402sessions.spring.client.X402ClientProperties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of properties in the module's README, against the generated metadata.
 */
class ReadmeTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(x402\\.[^`]+)` \\|");

	@Test
	void theTableNamesAllProperties() throws Exception {
		Set<String> expected = new TreeSet<>(metadata());
		assertThat(expected).contains("x402.pay-to", "x402.routes");
		expected.remove("x402.routes");
		expected.remove("x402.facilitators");
		addElements(expected, "x402.routes[].", X402Properties.Route.class);
		expected.remove("x402.routes[].accepts");
		addElements(expected, "x402.routes[].accepts[].", X402Properties.Accept.class);
		addElements(expected, "x402.facilitators[].", X402Properties.FurtherFacilitator.class);
		expected.remove("x402.client.public-origins");
		addElements(expected, "x402.client.public-origins[].", X402ClientProperties.PublicOrigin.class);
		String readme = Files.readString(Path.of("README.md"));
		String table = readme.substring(readme.indexOf("| property |"));
		List<String> rows = ROW.matcher(table.substring(0, table.indexOf("\n\n")))
			.results()
			.map((row) -> row.group(1))
			.toList();
		assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void everyPropertyIsDescribed() throws Exception {
		assertThat(properties()).allSatisfy(
				(property) -> assertThat(property).as(String.valueOf(property.get("name"))).containsKey("description"));
		assertThat(properties()).filteredOn("name", "x402.network")
			.extracting((property) -> property.get("defaultValue"))
			.containsExactly("stellar:testnet");
	}

	private static void addElements(Set<String> names, String prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			names.add(prefix + kebab(component.getName()));
		}
	}

	private static Set<String> metadata() throws IOException {
		return properties().stream()
			.map((property) -> (String) property.get("name"))
			.filter((name) -> name.startsWith("x402."))
			.collect(Collectors.toSet());
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> properties() throws IOException {
		try (InputStream file = ReadmeTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(file).isNotNull();
			return (List<Map<String, Object>>) (List<?>) JsonParserFactory.getJsonParser()
				.parseMap(new String(file.readAllBytes(), StandardCharsets.UTF_8))
				.get("properties");
		}
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
