package io.github.x402sessions.samples.local;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.fixtures.Axe;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.fixtures.Eventually;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person with a browser pays on the page that answers 402. All tests share one Chromium
 * and one ledger.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class PayPageTests {

	/** Notes what is paid with, over a reload too. */
	private static final String NOTING = """
			window.payments = JSON.parse(sessionStorage.getItem("payments") ?? "[]");
			window.send ??= window.fetch;
			window.fetch = async (url, init) => {
				if (window.faucet === false && String(url).includes("/faucet?")) {
					return window.send(String(url).replace(/amount=\\d+/, "amount=0"), init);
				}
				const payment = init?.headers?.["PAYMENT-SIGNATURE"];
				if (payment) {
					window.payments.push(payment);
					sessionStorage.setItem("payments", JSON.stringify(window.payments));
					if (window.meddle) {
						return window.meddle(url, init);
					}
				}
				return window.send(url, init);
			};
			""";

	/** An answer that was paid for does not arrive. */
	private static final String LOSING = """
			window.meddle = async (url, init) => {
				await window.send(url, init);
				throw new TypeError("lost");
			};
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
		assertThat(browser.evaluate("return document.activeElement.innerText")).isEqualTo("Pay 0.01 USDC once");
		assertAccessible();
		browser.click("Pay 0.01 USDC once");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		assertThat(browser
			.evaluate("return [location.pathname + location.search, document.title, document.documentElement.lang,"
					+ " window.inline, window.outside, getComputedStyle(document.querySelector('h1')).color].join('|')"))
			.isEqualTo("/shop/report?day=1|Bericht|de|ran|ran|rgb(1, 2, 3)");
		assertThat(browser.evaluate("return document.querySelector('meta[http-equiv]').content"))
			.isEqualTo("script-src 'self' 'unsafe-inline'; object-src 'none'");
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

	@Test
	void aSessionPaysOtherPagesWithoutTheWallet() {
		browser.open(shop.url("/shop/report"));
		connect();
		browser.type("x402-cap", "0.005");
		browser.click("Open a session");
		browser.awaitText("#x402-pay .notice", "Give at least 0.01 USDC");
		browser.type("x402-cap", "0.05");
		browser.click("Open a session");
		browser.awaitText("#x402-left", "Your session has 0.05 USDC left");
		assertAccessible();
		browser.click("Pay 0.01 USDC from your session");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		assertPaid(1);

		browser.evaluate("document.querySelector('a').click()");
		browser.awaitText("#x402-left", "Your session has 0.04 USDC left");
		browser.evaluate(NOTING);
		browser.click("Pay 0.01 USDC from your session");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 2) + " für Sie");
		assertPaid(2);
		List<String> payments = payments();
		assertThat(payments).singleElement(InstanceOfAssertFactories.STRING)
			.contains("\"method\":\"GET\"", "\"signature\":", "\"validUntil\":", "payment-identifier");

		browser.open(shop.url("/shop/file.pdf"));
		browser.click("End the session");
		browser.awaitText("#x402-pay", "Or sign once");
		assertThat(browser.texts("#x402-left")).isEmpty();
	}

	@Test
	void aDownloadIsSavedUnderItsName() throws IOException {
		browser.open(shop.url("/shop/data.csv"));
		connect();
		browser.click("Pay 0.01 USDC once");
		browser.awaitText("#x402-pay", "What you paid for was saved");
		assertThat(browser.evaluate("return document.querySelector('#x402-pay a').download"))
			.isEqualTo("data of today.csv");
		assertThat(browser.evaluate("return document.activeElement.innerText").toString())
			.contains("Save data of today.csv");
		assertAccessible();
		assertPaid(1);
		Eventually.isTrue(() -> Files.exists(downloads.resolve("data of today.csv")));
		assertThat(downloads.resolve("data of today.csv")).hasContent("a,b\n1,2\n");
	}

	@Test
	void aPictureIsShown() {
		browser.open(shop.url("/shop/picture.svg"));
		connect();
		browser.click("Pay 0.01 USDC once");
		browser.awaitCount("#x402-pay img", 1);
		assertThat(browser.evaluate("return document.querySelector('#x402-pay img').naturalWidth")).isEqualTo(9L);
		browser.awaitText("#x402-pay", "Save picture.svg");
	}

	/**
	 * The payment is made, and the answer does not arrive, nor what asks for it again.
	 */
	@Test
	void whatWasPaidAndDidNotComeIsAskedForAgainAndChargedOnce() {
		browser.open(shop.url("/shop/report"));
		connect();
		browser.evaluate(NOTING + LOSING);
		browser.click("Pay 0.01 USDC once");
		browser.awaitText("#x402-pay .notice", "it is charged once");
		assertAccessible();
		assertPaid(1);
		browser.evaluate("sessionStorage.setItem('payments', JSON.stringify(window.payments))");

		browser.reload();
		browser.awaitText("#x402-pay .notice", "its answer did not come");
		assertAccessible();
		browser.evaluate(NOTING);
		browser.click("Ask again");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		List<String> payments = payments();
		assertThat(payments).hasSize(2);
		assertThat(payments.get(0)).isEqualTo(payments.get(1));
		assertThat(shop.sold).hasValue(this.soldBefore + 1);
		assertPaid(1);
	}

	@Test
	void aSessionsPaymentThatDidNotComeIsRepeatedUnderItsIdentifier() {
		browser.open(shop.url("/shop/report"));
		connect();
		browser.type("x402-cap", "0.03");
		browser.click("Open a session");
		browser.awaitCount("#x402-left", 1);
		browser.evaluate(NOTING + LOSING);
		browser.click("Pay 0.01 USDC from your session");
		browser.awaitText("#x402-pay .notice", "it is charged once");
		browser.reload();
		browser.click("Ask again");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		assertPaid(1);
	}

	/** Answers in place of the server's, as it gives them. */
	@Test
	void problemsAreToldInWords() {
		browser.open(shop.url("/shop/report"));
		connect();
		browser.evaluate(NOTING);
		List<List<String>> told = List.of(
				List.of("503", "facilitator-unavailable", "so nothing can be paid. Nothing was charged", "Ask again"),
				List.of("409", "payment-identifier-busy", "is being handled at this moment", "Ask again"),
				List.of("503", "route-not-payable", "Nobody takes payments for this now. Nothing was charged."),
				List.of("409", "payment-identifier-spent", "its answer is not kept. Ask who runs this site",
						"Ask again"),
				List.of("502", "settlement-not-proven", "cannot prove the payment, so nothing was given for it",
						"Ask again"),
				List.of("503", "settlement-unknown", "It is not known whether the payment went through", "Ask again"));
		for (List<String> problem : told) {
			browser.evaluate("""
					window.meddle = async () => new Response(JSON.stringify({ type: "urn:x402-sessions:problem:%s" }),
						{ status: %s, headers: { "Content-Type": "application/problem+json" } });
					""".formatted(problem.get(1), problem.get(0)));
			browser.click("Pay 0.01 USDC once");
			browser.awaitText("#x402-pay .notice", problem.get(2));
			List<String> remedies = problem.subList(3, problem.size());
			assertThat(browser.texts("#x402-pay .notice button")).isEqualTo(remedies);
			assertThat(browser
				.evaluate("return Object.keys(sessionStorage).some((key) => key.startsWith('x402-purchase:'))"))
				.isEqualTo(!remedies.isEmpty());
			if (!remedies.isEmpty()) {
				browser.click("Start over");
			}
		}
		assertPaid(0);
	}

	/** No ledger answers the facilitator, and then it does. */
	@Test
	void aFacilitatorThatCannotSettleIsToldAndAskedAgain() throws Exception {
		browser.open(shop.url("/shop/report"));
		connect();
		browser.click("Open a session");
		browser.awaitText("#x402-left", "0.10 USDC");
		shop.ledgerFails("{\"failStatus\": 503, \"failRequests\": 100000}");
		try {
			browser.click("Pay 0.01 USDC from your session");
			browser.awaitCount("#x402-pay .notice button", 1);
			assertThat(browser.text("#x402-pay .notice")).contains("Ask again").doesNotContain("refused");
		}
		finally {
			shop.ledgerFails("{\"failRequests\": 0}");
		}
		assertPaid(0);
		Eventually.isTrue(() -> {
			browser.evaluate("document.querySelector('#x402-pay .notice button')?.click()");
			return browser.text("h1").startsWith("Bericht ");
		});
		assertPaid(1);
	}

	@Test
	void aPayerWhoHasNothingIsToldSo() {
		browser.open(shop.url("/shop/report"));
		browser.evaluate(NOTING + "window.faucet = false;");
		connect();
		browser.click("Pay 0.01 USDC once");
		browser.awaitText("#x402-pay .notice", "look whether your wallet holds enough");
		browser.awaitText("#x402-pay", "Pay 0.01 USDC once");
		assertPaid(0);
	}

	@Test
	void freighterSignsAndMayRefuse() throws IOException {
		String fake = browser.beforeEveryPage(script("/browser/fake-freighter.js"));
		try {
			browser.open(shop.url("/shop/report"));
			browser.click("Connect Freighter");
			browser.awaitCount("#x402-pay .address", 1);
			browser.evaluate("window.refuseToSign = true");
			browser.click("Pay 0.01 USDC once");
			browser.awaitText("#x402-pay .notice", "You did not sign. Nothing was charged");
			assertPaid(0);
			browser.evaluate("window.refuseToSign = false");
			browser.click("Pay 0.01 USDC once");
			browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
			assertPaid(1);
		}
		finally {
			browser.beforeNoPage(fake);
		}
	}

	@Test
	void aFilterOfAWebXmlHasThePageToo() {
		browser.open(shop.url("/xml/report"));
		assertThat(browser.text("header")).isEqualTo("By web.xml");
		assertThat(browser.text("main")).contains("A report").doesNotContain("USDC once");
		connect();
		browser.click("Open a session");
		browser.awaitText("#x402-left", "0.10 USDC");
		browser.click("Pay 0.01 USDC from your session");
		browser.awaitText("h1", "Bericht " + (this.soldBefore + 1) + " für Sie");
		assertPaid(1);
	}

	/** The policy stands in the document, so this is what shows that it holds. */
	@Test
	void thePageCallsNobodyElseAndRunsNothingElse() {
		browser.open(shop.url("/shop/report"));
		assertThat(
				browser.evaluateLater("fetch('http://127.0.0.1:1/').then(() => 'called', (failure) => failure.name)"))
			.isEqualTo("TypeError");
		browser.evaluate("""
				const script = document.createElement("script");
				script.textContent = "window.injected = true";
				document.body.append(script);
				""");
		assertThat(browser.evaluate("return window.injected")).isNull();
		Eventually
			.holds(() -> assertThat(String.join("\n", browser.complaints())).contains("connect-src", "script-src"));
		assertThat(browser.complaints()).allMatch((complaint) -> complaint.contains("Content Security Policy"));
		browser.complaints().clear();
	}

	@Test
	void withoutAScriptThePageSaysWhatToDo() {
		browser.runScripts(false);
		try {
			browser.open(shop.url("/shop/report"));
			assertThat(browser.bodyText()).contains(
					"With JavaScript, on this page. Without it: Send the request with a client", "0.01 USDC",
					"The <b>report</b> & more");
		}
		finally {
			browser.runScripts(true);
		}
	}

	private static void connect() {
		browser.click("Use a demo wallet");
		browser.awaitCount("#x402-pay .address", 1);
	}

	private static List<String> payments() {
		Object payments = browser
			.evaluate("return JSON.parse(sessionStorage.getItem('payments') ?? '[]').map((each) => atob(each))");
		return ((List<?>) Objects.requireNonNull(payments)).stream().map(String::valueOf).toList();
	}

	private static String script(String resource) throws IOException {
		try (var stream = Objects.requireNonNull(PayPageTests.class.getResourceAsStream(resource))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** In light and dark. */
	private static void assertAccessible() {
		for (String scheme : List.of("light", "dark")) {
			browser.prefer("prefers-color-scheme", scheme);
			assertThat(Axe.violations(browser)).as(scheme).isEmpty();
		}
	}

}
