package io.github.x402sessions.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workflows run what was read, with the rights that they need: actions are pinned by
 * commit, rights begin with reading alone, and nothing of a stranger's pull request meets
 * a secret.
 */
class WorkflowTests {

	private static final Pattern USES = Pattern.compile("(?m)^\\s*(?:- )?uses: (.+)$");

	static List<Path> workflows() throws IOException {
		try (Stream<Path> files = Files.list(House.FOLDER.resolve(".github/workflows"))) {
			return files.sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void actionsArePinnedByCommit(Path workflow) throws IOException {
		assertThat(USES.matcher(Files.readString(workflow)).results().map((MatchResult uses) -> uses.group(1)))
			.isNotEmpty()
			.allMatch((action) -> action.startsWith("./") || action.matches("[\\w./-]+@[0-9a-f]{40} # v[0-9.]+"));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void rightsBeginWithReading(Path workflow) throws IOException {
		assertThat(Files.readString(workflow)).containsOnlyOnce("\npermissions:\n  contents: read\n")
			.doesNotContain("pull_request_target", "write-all");
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void secretsAreForReleasesAlone(Path workflow) throws IOException {
		String text = Files.readString(workflow);
		assertThat(text.contains("secrets.")).isEqualTo(workflow.endsWith("release.yml"));
		assertThat(!text.contains("secrets.") || !text.contains("pull_request")).isTrue();
	}

}
