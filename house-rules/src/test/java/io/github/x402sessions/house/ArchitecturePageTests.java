package io.github.x402sessions.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/architecture.md} shows is what there is.
 */
class ArchitecturePageTests {

	private static final Pattern ARROW = Pattern.compile("(?m)^ +([a-z]+) -\\.?-> ([a-z]+)$");

	/** A type's name, or one of its members behind it. */
	private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z0-9]\\w*)(\\.\\w+)?`");

	private static final String PAGE = page();

	@Test
	void theArrowsAreThoseOfTheCode() {
		assertThat(ARROW.matcher(PAGE).results().map((arrow) -> arrow.group(1) + " knows " + arrow.group(2)))
			.containsExactlyInAnyOrderElementsOf(arrows());
	}

	@Test
	void theTypesThatItNamesExist() {
		Set<String> types = House.CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
		assertThat(TYPE.matcher(PAGE).results().map((name) -> name.group(1)).filter((name) -> !name.endsWith("Tests")))
			.isNotEmpty()
			.isSubsetOf(types);
	}

	private static Set<String> arrows() {
		Set<String> modules = House.libraryPackages();
		return House.CLASSES.stream()
			.filter((type) -> modules.contains(module(type)))
			.flatMap(ArchitecturePageTests::arrows)
			.collect(Collectors.toSet());
	}

	private static Stream<String> arrows(JavaClass type) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
			.filter((target) -> target.getPackageName().startsWith(House.ROOT))
			.filter((target) -> !module(target).equals(module(type)))
			.map((target) -> module(type) + " knows " + module(target));
	}

	private static String module(JavaClass type) {
		return type.getPackageName().substring(House.ROOT.length()).split("\\.")[0];
	}

	private static String page() {
		try {
			return Files.readString(House.FOLDER.resolve("docs/architecture.md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
