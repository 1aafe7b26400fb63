package io.github.x402sessions.house;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is published says what it is and how one gets it; what is not published says so.
 */
class PublishedModuleTests {

	private static final Pom PARENT = Pom.of("");

	private static final String BOM = "x402-bom";

	static List<String> published() {
		return modules().filter((module) -> module.startsWith("x402-")).toList();
	}

	private static Stream<String> modules() {
		return PARENT.texts("/project/modules/module").stream();
	}

	@Test
	void theParentHasWhatARepositoryAsksFor() {
		assertThat(List.of("name", "description", "url", "licenses/license/url", "developers/developer/name",
				"scm/connection", "scm/url", "properties/project.build.outputTimestamp"))
			.allSatisfy((element) -> assertThat(PARENT.text("/project/" + element)).as(element).isNotBlank());
	}

	@ParameterizedTest
	@MethodSource("published")
	void eachSaysWhatItIs(String module) {
		Pom pom = Pom.of(module);
		assertThat(pom.text("/project/artifactId")).isEqualTo(module);
		assertThat(pom.text("/project/name")).isNotBlank();
		assertThat(pom.text("/project/description")).isNotBlank();
		assertThat(pom.texts("/project/properties/maven.deploy.skip")).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("published")
	void itsPageBeginsWithItsCoordinates(String module) throws IOException {
		String version = PARENT.text("/project/version");
		String page = Files.readString(House.FOLDER.resolve(module).resolve("README.md"));
		assertThat(page.lines().limit(30).map(String::strip)).containsSubsequence("```xml",
				"<groupId>io.github.x402-sessions</groupId>", "<artifactId>" + module + "</artifactId>",
				"<version>" + version + "</version>");
		assertThat(page).contains("io.github.x402-sessions:" + module + ":" + version);
	}

	@Test
	void theBillOfMaterialsHasThemAll() {
		assertThat(
				Pom.of(BOM).texts("/project/dependencyManagement/dependencies/dependency[not(classifier)]/artifactId"))
			.containsExactlyInAnyOrderElementsOf(published().stream().filter((module) -> !module.equals(BOM)).toList());
	}

	@Test
	void theOthersSayThatTheyAreNotPublished() {
		assertThat(modules().filter((module) -> !module.startsWith("x402-"))).isNotEmpty()
			.allSatisfy((module) -> assertThat(Pom.of(module).text("/project/properties/maven.deploy.skip")).as(module)
				.isEqualTo("true"));
	}

	@Test
	void thePortalIsNotSentTheOthers() {
		assertThat(PARENT.texts("//excludeArtifact"))
			.containsAll(modules().filter((module) -> !module.startsWith("x402-"))
				.map((module) -> Pom.of(module).text("/project/artifactId"))
				.toList())
			.doesNotContainAnyElementsOf(published());
	}

}
