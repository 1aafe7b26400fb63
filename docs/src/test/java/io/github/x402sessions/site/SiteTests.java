package io.github.x402sessions.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SiteTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final URI SOURCE = URI.create("https://source.example/x402");

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)(?:#([^\"]*))?\"");

	private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

	@TempDir
	static Path site;

	@BeforeAll
	static void write() throws IOException {
		Site.main(new String[] { ROOT.toString(), site.toString(), SOURCE.toString() });
	}

	@Test
	void everyLinkLeadsSomewhere() {
		assertThat(pages()).hasSizeGreaterThan(40)
			.allSatisfy((page) -> assertThat(LINK.matcher(text(page)).results()).isNotEmpty()
				.allSatisfy((link) -> check(page, link)));
	}

	private static void check(Path page, MatchResult link) {
		if (link.group(1).matches("(https?|mailto):.*")) {
			return;
		}
		Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
		assertThat(target).isRegularFile();
		if (link.group(2) != null) {
			assertThat(ids(target)).contains(link.group(2));
		}
	}

	@Test
	void aNameIsGivenOnceOnAPage() {
		assertThat(pages()).allSatisfy((page) -> assertThat(ids(page)).doesNotHaveDuplicates());
	}

	@Test
	void nothingIsLoadedFromElsewhereAndNothingRuns() {
		assertThat(pages()).allSatisfy((page) -> assertThat(text(page)).doesNotContain("<script", "<iframe", "<style")
			.doesNotContainPattern("(src|rel=\"stylesheet\" href)=\"(https?:)?//")
			.contains("default-src 'none'"));
		assertThat(text(site.resolve("site.css"))).doesNotContain("url(", "@import");
		assertThat(files(".svg")).isNotEmpty()
			.allSatisfy((picture) -> assertThat(text(picture)).doesNotContain("<script", "href=", "url(http"));
	}

	@Test
	void everyPageHasOneTitle() {
		assertThat(pages()).allSatisfy((page) -> assertThat(text(page)).containsOnlyOnce("<h1")
			.containsPattern("<title>[^<]+ · x402-sessions for Java</title>")
			.contains("<html lang=\"en\">"));
	}

	@Test
	void everyPictureSaysWhatItShows() {
		assertThat(pages()).allSatisfy((page) -> assertThat(text(page)).doesNotContain("alt=\"\""));
	}

	@Test
	void tablesAndCodeAreReachedByKeyboard() {
		assertThat(pages()).allSatisfy((page) -> assertThat(text(page)).doesNotContain("<pre>")
			.doesNotContainPattern("<th[^>]*></th>")
			.doesNotContainPattern("(?<!tabindex=\"0\">)<table>"));
		assertThat(text(site.resolve("costs.html"))).containsOnlyOnce("aria-label=\"Table 2\"");
	}

	@Test
	void everyPageOfTheDocsIsInTheMenu() {
		String start = text(site.resolve("index.html"));
		assertThat(pages().stream()
			.map((page) -> site.relativize(page).toString())
			.filter((page) -> !page.startsWith("repository/") && !page.startsWith("decisions/")))
			.allSatisfy((page) -> assertThat(start).contains("href=\"%s\"".formatted(page)));
	}

	@Test
	void theMenuShowsWhereOneIs() {
		assertThat(text(site.resolve("facilitator/keys.html")))
			.containsOnlyOnce("<a href=\"../facilitator/keys.html\" aria-current=\"page\">");
	}

	@Test
	void whatIsNoPageIsShownWhereTheRepositoryIs() {
		assertThat(text(site.resolve("operations.html")))
			.contains("\"https://source.example/x402/blob/HEAD/x402-session-facilitator/deploy/Dockerfile\"");
	}

	@Test
	void aLinkToNothingStopsTheBuild(@TempDir Path other) throws IOException {
		Files.createDirectories(other.resolve("docs"));
		Files.writeString(other.resolve("docs/README.md"), "# A\n\n## B\n\n- [gone](gone.md)\n");
		assertThatIllegalStateException().isThrownBy(() -> Site.write(other, other.resolve("site"), SOURCE))
			.withMessageContaining("docs/gone.md");
	}

	private static List<Path> pages() {
		return files(".html");
	}

	private static List<Path> files(String ending) {
		try (Stream<Path> files = Files.walk(site)) {
			return files.filter((file) -> file.toString().endsWith(ending)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> ids(Path page) {
		return ID.matcher(text(page)).results().map((id) -> id.group(1)).toList();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
