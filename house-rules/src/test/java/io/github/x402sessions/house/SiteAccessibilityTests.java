package io.github.x402sessions.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.fixtures.Axe;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.site.Site;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages by the rules of axe.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class SiteAccessibilityTests {

	@TempDir
	static Path site;

	@BeforeAll
	static void write() throws IOException {
		Site.main(new String[] { "..", site.toString(), "https://source.example/x402" });
	}

	@Test
	void everyPage() throws IOException {
		List<Path> pages = pages();
		assertThat(pages).hasSizeGreaterThan(40);
		try (Browser browser = Browser.start(1280, 900)) {
			for (Path page : pages) {
				browser.open(page.toUri().toString());
				assertThat(Axe.violationsButContrast(browser)).as("%s", site.relativize(page)).isEmpty();
			}
			assertThat(browser.complaints()).isEmpty();
		}
	}

	/** All pages have the same colours. */
	@ParameterizedTest
	@CsvSource({ "1280, light", "390, dark" })
	void contrastInBothSchemes(int width, String scheme) {
		try (Browser browser = Browser.start(width, 900)) {
			browser.prefer("prefers-color-scheme", scheme);
			for (String page : List.of("index.html", "start/spring.html", "costs.html")) {
				browser.open(site.resolve(page).toUri().toString());
				assertThat(Axe.violations(browser)).as(page).isEmpty();
			}
		}
	}

	private static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(site)) {
			return files.filter((file) -> file.toString().endsWith(".html")).sorted().toList();
		}
	}

}
