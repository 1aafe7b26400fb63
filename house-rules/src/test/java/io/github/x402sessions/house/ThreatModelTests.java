package io.github.x402sessions.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests that the threat model names as its witnesses are there.
 */
class ThreatModelTests {

	private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)`");

	@Test
	void itsWitnessesExist() throws IOException {
		Set<String> tests = House.MODULES.stream().flatMap(ThreatModelTests::tests).collect(Collectors.toSet());
		assertThat(NAMED.matcher(Files.readString(House.FOLDER.resolve("docs/threat-model.md")))
			.results()
			.map((named) -> named.group(1))).hasSizeGreaterThan(50).allMatch(tests::contains);
	}

	private static Stream<String> tests(String module) {
		Path folder = House.FOLDER.resolve(module).resolve("src/test/java");
		try (Stream<Path> files = Files.walk(folder)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Tests.java"))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			return Stream.empty();
		}
	}

}
