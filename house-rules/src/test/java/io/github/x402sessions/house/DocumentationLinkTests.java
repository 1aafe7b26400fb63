package io.github.x402sessions.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links from page to page, and to the headings in them, lead somewhere.
 */
class DocumentationLinkTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

	private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.find(House.FOLDER, 4, (file, attributes) -> isPage(file))) {
			return files.map(House.FOLDER::relativize).sorted().toList();
		}
	}

	private static boolean isPage(Path file) {
		return file.toString().endsWith(".md") && !file.toString().contains("/target/")
				&& !file.toString().contains("/node_modules/");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Path page) {
		assertThat(LINK.matcher(text(House.FOLDER.resolve(page))).results())
			.allSatisfy((link) -> check(House.FOLDER.resolve(page), link));
	}

	private static void check(Path page, MatchResult link) {
		Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
		assertThat(target).exists();
		if (link.group(2) != null) {
			assertThat(anchors(Files.isDirectory(target) ? target.resolve("README.md") : target))
				.contains(link.group(2));
		}
	}

	/** As the pages' host makes them of headings. */
	private static Stream<String> anchors(Path page) {
		return HEADING.matcher(text(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'));
	}

	private static String text(Path page) {
		try {
			return CODE.matcher(Files.readString(page)).replaceAll("");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
