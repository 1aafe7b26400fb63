package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is woken by an alert finds its name in the runbook, and each drill is that of a
 * case.
 */
class RunbookTests {

	private static final Path DRILLS = Path.of("deploy", "drills");

	private final String runbook = Files.readString(Path.of("..", "docs", "operations.md"));

	RunbookTests() throws IOException {
	}

	@Test
	void everyAlertIsInTheRunbookAndTheRunbookNamesNoOther() throws IOException {
		List<String> alerts = names("alert: (\\w+)", Files.readString(Path.of("deploy", "monitoring", "alerts.yml")));
		assertThat(alerts).hasSizeGreaterThan(20);
		assertThat(names("\\b(X402[A-Z]\\w+)", this.runbook)).containsAll(alerts).isSubsetOf(alerts);
	}

	@Test
	void everyDrillIsThatOfACase() throws IOException {
		try (Stream<Path> files = Files.list(DRILLS)) {
			List<String> drills = files.map((file) -> file.getFileName().toString())
				.filter((name) -> !Set.of("common", "released").contains(name) && !name.endsWith(".java"))
				.toList();
			assertThat(drills).hasSizeGreaterThan(8)
				.allSatisfy((drill) -> assertThat(this.runbook).contains("deploy/drills/" + drill + ")"))
				.allMatch((drill) -> Files.isExecutable(DRILLS.resolve(drill)));
		}
	}

	private static List<String> names(String pattern, String text) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map((MatchResult found) -> found.group(1))
			.distinct()
			.toList();
	}

}
