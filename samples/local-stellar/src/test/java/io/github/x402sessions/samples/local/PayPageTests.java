package io.github.x402sessions.samples.local;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.fixtures.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person with a browser pays on the page that answers 402. All tests share one Chromium
 * and one ledger.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class PayPageTests {

	private static PaidShop shop;

	private static Browser browser;

	private static String axe;

	private int soldBefore;

	private BigInteger paidBefore = BigInteger.ZERO;

	@BeforeAll
	static void start() throws Exception {
		shop = new PaidShop();
		browser = Browser.start(1280, 900);
		try (var stream = Objects.requireNonNull(PayPageTests.class.getResourceAsStream("/axe.min.js"))) {
			axe = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@AfterAll
	static void stop() {
		try (PaidShop shopToClose = shop; Browser browserToClose = browser) {
			assertThat(browserToClose.urls()).isNotEmpty()
				.allMatch((url) -> url.startsWith(shopToClose.url("/"))
						|| url.startsWith(shopToClose.stellar().facilitator().url().toString())
						|| url.startsWith(shopToClose.devnet().toString()) || url.startsWith("blob:")
						|| url.startsWith("data:") || url.startsWith("about:"));
		}
	}

	@BeforeEach
	void forget() {
		browser.open(shop.url("/shop/nothing"));
		browser.evaluate("sessionStorage.clear()");
		this.soldBefore = shop.sold.get();
		this.paidBefore = earned();
	}

	@AfterEach
	void nothingIsOdd() {
		assertThat(browser.complaints()).isEmpty();
	}

	private static BigInteger earned() {
		return shop.stellar().usdc(shop.stellar().merchant());
	}

	private void assertPaid(int times) {
		assertThat(earned().subtract(this.paidBefore)).isEqualTo(BigInteger.valueOf(PaidShop.PRICE * times));
	}

	@Test
	void aPageIsPaidOnceAndTakesThePlaceOfThePaymentPage() throws IOException {
		browser.open(shop.url("/shop/report?day=1"));
		assertAccessible();
		assertThat(browser.text("header")).isEqualTo("Reports & Sons");
		connect();
		assertAccessible();
		browser.click("Pay 0.01 USDC once");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		assertThat(browser
			.evaluate("return [location.pathname + location.search, document.title, document.documentElement.lang,"
					+ " window.inline, window.outside, getComputedStyle(document.querySelector('h1')).color].join('|')"))
			.isEqualTo("/shop/report?day=1|Bericht|de|ran|ran|rgb(1, 2, 3)");
		assertPaid(1);
		browser.screenshot("paid-page");

		browser.evaluate("document.querySelector('a').click()");
		browser.awaitText("h1", "Payment required");
		browser.evaluate("history.back()");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		browser.reload();
		browser.click("Show it again");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		assertPaid(1);
		assertThat(shop.sold).hasValue(this.soldBefore + 1);
	}

	private static void connect() {
		browser.click("Use a demo wallet");
		browser.awaitCount("#x402-pay .address", 1);
	}

	/** In light and dark. */
	private static void assertAccessible() {
		for (String scheme : List.of("light", "dark")) {
			browser.prefer("prefers-color-scheme", scheme);
			browser.evaluate(axe);
			Object found = browser.evaluateLater(
					"axe.run().then((found) => JSON.stringify(found.violations.map((each) => [each.id, each.nodes.map((node) => node.html)])))");
			assertThat(found).as(scheme).isEqualTo("[]");
		}
	}

}
