package io.github.x402sessions.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * The classes of all modules that the parent's {@code pom.xml} lists, without those of
 * tests. They are read from {@code target/classes}, because a runnable jar hides its own.
 */
final class House {

	/** What the name of every package begins with. */
	static final String ROOT = "io.github.x402sessions.";

	static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");

	/** The folders of the modules that have classes. */
	static final List<String> MODULES = modules();

	/** Those of them that are published. */
	static final List<String> LIBRARIES = MODULES.stream().filter((module) -> module.startsWith("x402-")).toList();

	static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption((location) -> !location.contains("/jmh_generated/"))
		.importPaths(MODULES.stream().map(House::output).toList());

	private House() {
	}

	/**
	 * Return the classes of one module.
	 * @param module its folder
	 * @return its classes, those of packages ({@code package-info}) left out
	 */
	static JavaClasses classesOf(String module) {
		String output = output(module).toUri().toString();
		return CLASSES.that(DescribedPredicate.describe("of " + module,
				(type) -> type.getSource().orElseThrow().getUri().toString().startsWith(output)
						&& !isPackageInfo(type)));
	}

	/**
	 * Return the packages of the published modules, each by the name that follows
	 * {@link #ROOT} and that all packages of the module have in common.
	 * @return one name for each module
	 */
	static Set<String> libraryPackages() {
		return LIBRARIES.stream()
			.flatMap((module) -> classesOf(module).stream())
			.map((type) -> type.getPackageName().substring(ROOT.length()).split("\\.")[0])
			.collect(Collectors.toSet());
	}

	/**
	 * Return the types that have files of their own.
	 * @param classes among these
	 * @return the types that are nested in no other
	 */
	static Stream<JavaClass> topLevel(JavaClasses classes) {
		return classes.stream().filter((type) -> type.isTopLevelClass() && !isPackageInfo(type));
	}

	private static boolean isPackageInfo(JavaClass type) {
		return type.getSimpleName().equals("package-info");
	}

	private static List<String> modules() {
		try (Stream<MatchResult> listed = MODULE.matcher(Files.readString(FOLDER.resolve("pom.xml"))).results()) {
			return listed.map((module) -> module.group(1))
				.filter((module) -> Files.isDirectory(FOLDER.resolve(module).resolve("src/main/java")))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path output(String module) {
		Path output = FOLDER.resolve(module).resolve("target/classes");
		if (!Files.isDirectory(output)) {
			throw new IllegalStateException(module + " is not compiled; run mvn test for all modules");
		}
		return output;
	}

}
