package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files in {@code deploy} set properties that there are: Spring takes no notice of a
 * variable that is spelled wrong.
 */
class DeployedPropertiesTests {

	private static final Pattern VARIABLE = Pattern.compile("\\bFACILITATOR_\\w+");

	@Test
	void everyVariableIsThatOfAProperty() throws IOException {
		List<String> known = known();
		Set<String> used = files().flatMap(DeployedPropertiesTests::variables).collect(Collectors.toSet());
		assertThat(used).hasSizeGreaterThan(8)
			.allSatisfy((variable) -> assertThat(known).as(variable)
				.anySatisfy((name) -> assertThat(variable.replaceFirst("_[0-9]+_.*", "")).isEqualTo(name)));
	}

	private static List<String> known() throws IOException {
		JsonNode metadata = JsonMapper.shared()
			.readTree(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
		return metadata.get("properties")
			.valueStream()
			.map((property) -> property.get("name").asString())
			.map((name) -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
			.toList();
	}

	private static Stream<Path> files() {
		return Stream.of("Dockerfile", "compose.yaml", "kubernetes.yaml", "x402-facilitator.service")
			.map((name) -> Path.of("deploy", name));
	}

	private static Stream<String> variables(Path file) {
		try {
			return VARIABLE.matcher(Files.readString(file)).results().map(MatchResult::group).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
