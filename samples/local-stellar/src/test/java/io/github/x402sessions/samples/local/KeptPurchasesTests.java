package io.github.x402sessions.samples.local;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.x402sessions.fixtures.Axe;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of a payment says no more than it knows, and keeps what was paid for where
 * proxies, redirects, full tabs and failing servers are in between.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class KeptPurchasesTests {

	private static final String PAY = "Pay 0.01 USDC once";

	private static final String NOTICE = "#x402-pay .notice";

	/** Answers to payments go through window.proxy, if there is one. */
	private static final String PROXY = """
			window.send ??= window.fetch;
			window.fetch = async (url, init) => {
				const answer = () => window.send(url, init);
				return init?.headers?.["PAYMENT-SIGNATURE"] && window.proxy ? window.proxy(answer) : answer();
			};
			""";

	private static final String WRITTEN_DOWN = "return Object.keys(sessionStorage).filter((key) => key.startsWith('x402-purchase:')).length";

	private static final String FILLED = """
			for (let size = 1 << 22; size > 0; size = Math.floor(size / 2)) {
				try {
					sessionStorage.setItem(`%s${size}`, "%s".padEnd(size, "x"));
				} catch {}
			}
			""";

	@TempDir
	private static Path downloads;

	private static PaidShop shop;

	private static Browser browser;

	private int soldBefore;

	private BigInteger paidBefore = BigInteger.ZERO;

	@BeforeAll
	static void start() throws Exception {
		shop = new PaidShop();
		browser = Browser.start(1280, 900);
		browser.saveTo(downloads);
	}

	@AfterAll
	static void stop() {
		try (PaidShop shopToClose = shop; Browser browserToClose = browser) {
			assertThat(browserToClose.urls()).isNotEmpty();
			assertThat(shopToClose.sold.get()).isPositive();
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

	private static void connect(String path) {
		browser.open(shop.url(path));
		browser.click("Use a demo wallet");
		browser.awaitText("#x402-pay", PAY);
		browser.evaluate(PROXY);
	}

	private static void proxy(String answer) {
		browser.evaluate("window.proxy = async (answer) => { " + answer + " }");
	}

	private String report() {
		return "Bericht " + (this.soldBefore + 1) + " für Sie";
	}

	/** A proxy gives up while the payment is settled, and then the same is refused. */
	@Test
	void whatIsNotKnownIsNeverCalledUncharged() {
		connect("/shop/report");
		proxy("await answer(); return new Response('<h1>504 Gateway Time-out</h1>', { status: 504 });");
		browser.click(PAY);
		browser.awaitText(NOTICE, "it is not known whether the payment was made");
		assertPaid(1);
		for (String failure : List.of("{ status: 404 }", "{ status: 503 }", "{ status: 402 }",
				"{ status: 409, headers: { 'Content-Type': 'application/problem+json' } }")) {
			proxy("return new Response('{\"type\":\"https://x402.example/denied\"}', " + failure + ");");
			browser.click("Ask again");
			browser.awaitText(NOTICE, "it is not known whether the payment was made");
		}
		proxy("""
				const receipt = btoa(JSON.stringify({ success: false, errorReason:
					"invalid_exact_stellar_payload_simulation_failed", transaction: "", network: "stellar:testnet" }));
				return new Response("{}", { status: 402, headers: { "PAYMENT-RESPONSE": receipt } });""");
		browser.click("Ask again");
		browser.awaitText(NOTICE, "An earlier try may have been charged");
		assertThat(browser.text(NOTICE)).doesNotContain("Nothing was charged");
		proxy("return new Response('{\"type\":\"urn:x402-sessions:problem:facilitator-unavailable\"}', { status: 503 });");
		browser.click("Ask again");
		browser.awaitText(NOTICE, "The facilitator cannot be reached, so nothing can be paid. An earlier try may");
		browser.reload();
		browser.click("Ask again");
		browser.awaitText("h1", report());
		assertPaid(1);
		assertThat(shop.sold).hasValue(this.soldBefore + 1);
	}

	/** A first try that was refused is none. */
	@Test
	void whatWasRefusedAtFirstIsForgottenOrTriedAgainWithoutDoubt() {
		connect("/shop/report");
		proxy("return new Response('{\"type\":\"urn:x402-sessions:problem:facilitator-unavailable\"}', { status: 503 });");
		browser.click(PAY);
		browser.awaitText(NOTICE, "Nothing was charged. Try again in a moment.");
		proxy("return new Response('{\"type\":\"urn:x402-sessions:problem:denied\"}', { status: 403 });");
		browser.click("Ask again");
		browser.awaitText(NOTICE, "This is not for sale to you. Nothing was charged.");
		assertThat(browser.evaluate(WRITTEN_DOWN)).isEqualTo(0L);
		assertPaid(0);
	}

	@Test
	void whoPaidForAFailureHasTheProof() {
		connect("/shop/broken");
		browser.click(PAY);
		browser.awaitText(NOTICE, "The payment was made, but the server failed (500)");
		assertPaid(1);
		List<String> proof = browser.texts("#x402-pay dl dd");
		assertThat(proof).hasSize(3);
		assertThat(proof.get(0)).isEqualTo("0.01 USDC");
		assertThat(proof.get(1)).matches("[0-9a-f]{64}");
		assertThat(proof.get(2)).startsWith("pay_");
		assertAccessible();
		browser.reload();
		browser.awaitText(NOTICE, "was made, and the server failed");
		assertThat(browser.texts("#x402-pay dl dd")).isEqualTo(proof);
		browser.click("Start over");
		browser.awaitText("#x402-pay", PAY);
		assertThat(browser.evaluate(WRITTEN_DOWN)).isEqualTo(0L);
	}

	@Test
	void aPictureIsShownAgainAfterAReload() {
		connect("/shop/picture.svg");
		browser.click(PAY);
		browser.awaitCount("#x402-pay img", 1);
		browser.reload();
		browser.click("Show it again");
		browser.awaitCount("#x402-pay img", 1);
		assertPaid(1);
		browser.reload();
		browser.awaitText("#x402-pay", "Show it again");
		browser.evaluate(PROXY);
		proxy("return new Response('{\"type\":\"urn:x402-sessions:problem:denied\"}', { status: 403 });");
		browser.click("Show it again");
		browser.awaitText(NOTICE, "What you paid for cannot be shown again now. This is not for sale to you.");
		assertThat(browser.text("#x402-pay")).doesNotContain("Show it again").contains(PAY);
	}

	@Test
	void aPageThatIsToBeOfNoOriginIsSavedAndNotRun() {
		connect("/shop/foreign");
		browser.click(PAY);
		browser.awaitText("#x402-pay", "is a page that is not shown in the place of this one");
		assertThat(browser.evaluate("return [document.title, window.inline].join()")).isEqualTo("Payment required,");
		browser.evaluate("document.querySelector('#x402-pay a').click()");
		Eventually.isTrue(() -> Files.exists(downloads.resolve("foreign.html")));
		assertThat(downloads.resolve("foreign.html")).content(StandardCharsets.ISO_8859_1).contains(report());
		assertThat(browser
			.evaluate("return Object.keys(sessionStorage).filter((key) => key.startsWith('x402-paid:')).length"))
			.isEqualTo(0L);
		assertPaid(1);
	}

	@Test
	void whatIsNotToBeStoredIsShownOnce() {
		connect("/shop/private");
		browser.click(PAY);
		browser.awaitText("h1", report());
		assertThat(browser.evaluate("return JSON.stringify(sessionStorage)").toString()).doesNotContain("Bericht");
		browser.open(shop.url("/shop/nothing"));
		browser.evaluate("history.back()");
		browser.awaitText("h1", "Payment required");
		browser.click("Show it again");
		browser.awaitText("h1", report());
		assertPaid(1);
	}

	/** It leads to something that costs as well, and the payment does not go with it. */
	@Test
	void aRedirectIsFollowedWithoutThePayment() {
		connect("/shop/moved");
		browser.click(PAY);
		Eventually.isTrue(() -> shop.url("/shop/picture.svg?from=" + (this.soldBefore + 1))
			.equals(browser.evaluate("return location.href")));
		browser.awaitText("h1", "Payment required");
		assertPaid(1);
		browser.evaluate("history.back()");
		browser.click("Show it again");
		Eventually.isTrue(() -> shop.url("/shop/picture.svg?from=" + (this.soldBefore + 1))
			.equals(browser.evaluate("return location.href")));
		assertPaid(1);
	}

	/** Of a proxy or of an application in front, which knows nothing of the page. */
	@Test
	void aRedirectThatNobodyTellsMayHaveBeenPaidFor() {
		connect("/shop/report");
		proxy("return window.send('/shop/free', { redirect: 'manual' });");
		browser.click(PAY);
		browser.awaitText(NOTICE, "browsers do not tell pages which. The payment may have been made");
		assertThat(browser.evaluate(WRITTEN_DOWN)).isEqualTo(1L);
	}

	/** The reload that was to show it ended elsewhere. */
	@Test
	void whatWasToBeShownIsNotShownUnaskedMuchLater() {
		browser.evaluate("""
				const before = Date.now() - 61000;
				sessionStorage.setItem("x402-paid:/shop/report", before + " <h1>Kept</h1>");
				sessionStorage.setItem("x402-show", before + " /shop/report");
				sessionStorage.setItem("x402-once", before + " /shop/report\\n<h1>Once</h1>");""");
		browser.open(shop.url("/shop/report"));
		browser.awaitText("h1", "Payment required");
		assertThat(
				browser.evaluate("return ['x402-show', 'x402-once'].map((key) => sessionStorage.getItem(key)).join()"))
			.isEqualTo(",");
		browser.click("Show it again");
		browser.awaitText("h1", "Kept");
	}

	@Test
	void aPathOfTwoSlashesIsNobodyElses() {
		connect("//shop/report");
		browser.click(PAY);
		browser.awaitText("h1", report());
		assertPaid(1);
	}

	@Test
	void aTabThatIsFullSendsNothingAndSaysSo() {
		connect("/shop/report");
		browser.evaluate(FILLED.formatted("other-", ""));
		browser.click(PAY);
		browser.awaitText(NOTICE, "no room to write the payment down, so nothing was sent");
		browser.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('other-'))"
				+ ".forEach((key) => sessionStorage.removeItem(key))");
		browser.click(PAY);
		browser.awaitText("h1", report());
		assertPaid(1);
	}

	@Test
	void documentsMakeRoomForMoneyTheOldestFirst() {
		connect("/shop/picture.svg");
		browser.evaluate("sessionStorage.setItem('x402-paid:/z', '1700000000001 ' + 'z'.repeat(20000));"
				+ "sessionStorage.setItem('x402-paid:/a', '1700000000002 ' + 'a'.repeat(20000));"
				+ FILLED.formatted("other-", ""));
		browser.click(PAY);
		browser.awaitCount("#x402-pay img", 1);
		assertThat(browser
			.evaluate("return ['/z', '/a'].map((path) => sessionStorage.getItem('x402-paid:' + path) !== null).join()"))
			.isEqualTo("false,true");
		browser.evaluate("sessionStorage.clear()");
		assertPaid(1);
	}

	@Test
	void aBrowserThatKeepsNothingIsNotPaidWith() {
		String closed = browser.beforeEveryPage("Object.defineProperty(window, 'sessionStorage',"
				+ " { get() { throw new DOMException('closed', 'SecurityError'); } });");
		try {
			connect("/shop/report");
			browser.click(PAY);
			browser.awaitText(NOTICE, "no room to write the payment down, so nothing was sent");
			assertPaid(0);
		}
		finally {
			browser.beforeNoPage(closed);
		}
	}

	private static void assertAccessible() {
		assertThat(Axe.violations(browser)).isEmpty();
	}

}
