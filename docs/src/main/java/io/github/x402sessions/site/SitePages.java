package io.github.x402sessions.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All pages: those of {@code docs}, the README of each module, and the root's own. A
 * folder of pages without a README gets a list of them.
 */
final class SitePages {

	/** The page that a visitor begins with. */
	static final String START = "docs/README.md";

	private static final List<String> OF_THE_ROOT = List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md",
			"SECURITY.md");

	private static final String DECISIONS = "docs/decisions";

	private final Map<String, SitePage> bySource;

	private SitePages(Map<String, SitePage> bySource) {
		this.bySource = bySource;
	}

	static SitePages of(Path root) {
		Map<String, SitePage> pages = new TreeMap<>();
		for (String source : sources(root)) {
			pages.put(source, SitePage.of(source, target(source), read(root.resolve(source))));
		}
		pages.put(DECISIONS, SitePage.of(DECISIONS, "decisions/index.html", listed(pages)));
		return new SitePages(pages);
	}

	private static List<String> sources(Path root) {
		List<String> sources = new ArrayList<>();
		try (Stream<Path> files = Files.find(root, 3, (file, attributes) -> file.toString().endsWith(".md"))) {
			files.map((file) -> root.relativize(file).toString().replace('\\', '/'))
				.filter(SitePages::isPage)
				.sorted()
				.forEach(sources::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return sources;
	}

	private static boolean isPage(String source) {
		if (source.contains("/target/") || source.startsWith(".")) {
			return false;
		}
		return source.startsWith("docs/") || OF_THE_ROOT.contains(source) || source.endsWith("/README.md");
	}

	private static String target(String source) {
		return place(source).replaceAll("README\\.md$", "index.html").replaceAll("\\.md$", ".html");
	}

	/** Where a file of the repository has its place on the site. */
	static String place(String source) {
		return source.startsWith("docs/") ? source.substring("docs/".length()) : "repository/" + source;
	}

	private static String listed(Map<String, SitePage> pages) {
		StringBuilder text = new StringBuilder("# Decisions\n\nWhat was decided, why, and what it costs.\n\n");
		pages.values()
			.stream()
			.filter((page) -> page.source().startsWith(DECISIONS + "/"))
			.forEach((page) -> text
				.append("- [%s](%s)%n".formatted(page.title(), page.source().substring("docs/".length()))));
		return text.toString();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Collection<SitePage> all() {
		return this.bySource.values();
	}

	/**
	 * Find the page that a file or a folder of the repository has.
	 * @param path its path from the root, with slashes
	 * @return the page, if it is one
	 */
	Optional<SitePage> find(String path) {
		return Stream.of(path, path + "/README.md", path.isEmpty() ? "README.md" : path)
			.flatMap((source) -> Optional.ofNullable(this.bySource.get(source)).stream())
			.findFirst();
	}

	SitePage start() {
		return find(START).orElseThrow(() -> new IllegalStateException(START + " is missing"));
	}

}
