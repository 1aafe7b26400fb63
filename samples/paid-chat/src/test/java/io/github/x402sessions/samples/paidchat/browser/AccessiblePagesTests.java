package io.github.x402sessions.samples.paidchat.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages for those who see little, use no mouse or have them read aloud, and for those
 * who look at the console.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class AccessiblePagesTests extends WalkTests {

	/** The contrast of what an element has around it with what that lies on. */
	private static final String CONTRAST = """
			const luminance = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
				.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
				.reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
			const behind = (element) => {
				const colour = getComputedStyle(element).backgroundColor;
				return colour.startsWith("rgba(0, 0, 0, 0") ? behind(element.parentElement) : colour;
			};
			const contrast = (one, other) => {
				const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
				return (light + 0.05) / (dark + 0.05);
			};
			return Math.min(...[...document.querySelectorAll("input, select, textarea")].flatMap((field) => {
				field.focus();
				const { borderColor, outlineColor } = getComputedStyle(field);
				return [borderColor, outlineColor].flatMap((colour) =>
					[contrast(colour, behind(field)), contrast(colour, behind(field.parentElement))]);
			}));
			""";

	/** Notes what a screen reader would be told by the panel. */
	private static final String LISTENING = """
			window.told = [];
			const note = (changes) => changes.forEach(({ target }) => window.told.push(target.textContent));
			document.querySelectorAll("#session [role=status]").forEach((place) => new MutationObserver(note).observe(place, { childList: true }));
			""";

	private static String axe;

	@BeforeAll
	static void readAxe() throws IOException {
		try (var stream = Objects.requireNonNull(AccessiblePagesTests.class.getResourceAsStream("/axe.min.js"))) {
			axe = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1280, 900, light", "375, 740, dark" })
	void aWalkIsSilentFitsAndHasNothingThatAxeDislikes(int width, int height, String scheme) {
		browser.resize(width, height);
		browser.prefer("prefers-color-scheme", scheme);
		open("/");
		browser.awaitText("#terms", "Settled by");
		assertAccessible();
		open("/chat");
		browser.awaitCount("#session button", 1);
		assertAccessible();
		browser.click("Use a demo wallet");
		browser.awaitCount("#cap", 1);
		assertAccessible();
		browser.click("Sign and open");
		browser.awaitText("#remaining", "0.30 USDC");
		say("I need a holiday");
		browser.awaitText("#log .bill", "settled in ");
		assertAccessible();
		String transaction = browser.href("#log .bill a");
		open("/slot");
		browser.click("Pull for 0.10 USDC");
		browser.awaitCount("#history tr", 1);
		assertAccessible();
		browser.open(transaction);
		browser.awaitText("#transaction", "SUCCESS");
		assertAccessible();
		open("/transaction");
		browser.awaitText("label", "Hash of a transaction");
		assertAccessible();
		open("/transaction?hash=zz");
		browser.awaitText("#transaction-notice", "64 digits");
		assertAccessible();
		assertThat(browser.refusals()).isEmpty();
		open("/nowhere");
		browser.awaitText("h1", "There is no such page");
		assertAccessible();
		assertThat(browser.refusals()).hasSize(1).first().asString().contains("/nowhere", "404");
	}

	@Test
	void fieldsAndTheFocusCanBeSeen() {
		openSession("/chat", "0.30");
		for (String scheme : List.of("light", "dark")) {
			browser.prefer("prefers-color-scheme", scheme);
			assertThat(((Number) browser.evaluate(CONTRAST)).doubleValue()).as(scheme).isGreaterThan(3);
		}
	}

	@Test
	void theFocusGoesOnWithThePerson() throws Exception {
		open("/chat");
		browser.click("Use a demo wallet");
		browser.awaitCount("#cap", 1);
		assertThat(focus()).isEqualTo("cap");
		browser.type("cap", "0.05");
		browser.click("Sign and open");
		browser.awaitText("#session-notice", "Give 0.10 USDC or more: that is what one message may cost.");
		assertThat(focus()).isEqualTo("cap");
		assertThat(browser.evaluate("return document.activeElement.getAttribute('aria-invalid')")).isEqualTo("true");
		browser.type("cap", "0.20");
		browser.click("Sign and open");
		browser.awaitText("#remaining", "0.20 USDC");
		assertThat(focus()).isEqualTo("message");
		browser.type("more", "0.09");
		browser.click("Top up");
		browser.awaitText("#session-notice", "Give 0.10 USDC or more");
		browser.type("more", "0.20");
		browser.click("Top up");
		browser.awaitText("#remaining", "0.40 USDC");
		assertThat(focus()).isEqualTo("Top up");

		open("/slot");
		browser.awaitText("#remaining", "0.40 USDC");
		ledgerStops();
		browser.click("Pull for");
		browser.awaitText("#cancel", "Cancel");
		assertThat(focus()).isEqualTo("pull");
		ledgerGoesOn();
		browser.awaitCount("#history tr", 1);
		assertThat(focus()).isEqualTo("pull");
	}

	@Test
	void thePanelTellsWhatChangedOnceItRests() {
		openSession("/chat", "0.30");
		browser.evaluate(LISTENING);
		say("I need " + "a holiday and ".repeat(5));
		browser.awaitText("#log .bill", "settled in ");
		String left = browser.text("#remaining") + " of 0.30 USDC left.";
		browser.awaitText("#session .hidden-text", left);
		assertThat((List<?>) browser.evaluate("return window.told")).hasSizeBetween(1, 4).last().isEqualTo(left);
		assertThat(browser.texts("#log [aria-busy]")).isEmpty();
	}

	@Test
	void whatIsLookedAtOpensBeside() {
		openSession("/chat", "0.30");
		assertThat(browser
			.evaluate("const { target, rel } = document.querySelector('#session dl a'); return target + ' ' + rel"))
			.isEqualTo("_blank noopener noreferrer");
	}

	private static void assertAccessible() {
		assertThat(browser.evaluate("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
		browser.evaluate(axe);
		assertThat(browser.evaluateLater("axe.run().then((found) => JSON.stringify(found.violations"
				+ ".map((each) => [location.pathname, each.id, each.nodes.map((node) => node.html)])))"))
			.isEqualTo("[]");
	}

}
