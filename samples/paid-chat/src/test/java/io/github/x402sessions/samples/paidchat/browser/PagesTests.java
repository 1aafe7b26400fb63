package io.github.x402sessions.samples.paidchat.browser;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.samples.paidchat.Ledger;
import io.github.x402sessions.samples.paidchat.StartedPaidChat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What a visitor does, in a headless Chromium: with the demo wallet, with Freighter, on a
 * phone.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesTests {

	private static final String NOTING_PAYMENTS = """
			window.payments = [];
			const send = window.fetch;
			window.fetch = (url, init) => {
				if (init?.headers?.["PAYMENT-SIGNATURE"]) {
					window.payments.push(init.headers["PAYMENT-SIGNATURE"]);
				}
				return send(url, init);
			};
			""";

	private static final long WORD_PRICE = 20_000;

	private static StartedPaidChat chat;

	private static Ledger ledger;

	private static PaymentRequirements terms;

	private Browser browser = Browser.start(1280, 900);

	@BeforeAll
	static void start() throws Exception {
		chat = StartedPaidChat.start();
		ledger = new Ledger(chat.rpc());
		HttpResponse<String> unpaid = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(chat.url("/api/quote")).build(), HttpResponse.BodyHandlers.ofString());
		terms = PaymentHeader
			.decode(unpaid.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(), PaymentRequired.class, 65536)
			.accepts()
			.get(0);
	}

	@AfterAll
	static void stop() {
		chat.close();
	}

	/** Every walk ends with a clean console, and without a word to anybody else. */
	@AfterEach
	void nothingIsOddAndNothingGoesElsewhere() {
		try (Browser closing = this.browser) {
			assertThat(closing.complaints()).isEmpty();
			assertThat(closing.urls()).isNotEmpty()
				.allMatch((url) -> url.startsWith(chat.url("/").toString()) || url.startsWith(facilitator())
						|| url.startsWith("data:") || url.startsWith("about:"));
		}
	}

	@Test
	void theFirstPageShowsLivePricesAndWhoIsPaid() {
		this.browser.open(chat.url("/").toString());
		this.browser.awaitText("[data-price='/api/quote']", "0.01 USDC");
		this.browser.awaitText("[data-price='/api/slot']", "0.10 USDC");
		this.browser.awaitText("#terms", terms.payTo());
		this.browser.screenshot("home");
	}

	@Test
	void anAnswerIsPaidWordByWordThenCommittedThenSettled() {
		openSession("0.30");
		String payer = this.browser.text("#session .address");
		long before = ledger.usdc(payer);
		assertThat(this.browser.text("#cost")).contains("0.002 USDC a word, at most 0.10");
		say("I need " + "a holiday and ".repeat(10));
		this.browser.awaitText("#log .bill", "of at most 0.10 USDC · held");
		this.browser.screenshot("chat-held");
		this.browser.awaitText("#log .bill", "USDC · committed as cmt_");
		int words = this.browser.text("#log li.bot p").split(" ").length;
		long price = words * WORD_PRICE;
		assertThat(words).isGreaterThan(30);
		assertThat(this.browser.text("#log .bill")).startsWith(decimal(price) + " USDC · ")
			.endsWith(decimal(3_000_000 - price) + " left");
		assertThat(ledger.usdc(payer)).isEqualTo(before);
		this.browser.screenshot("chat-committed");
		this.browser.awaitText("#log .bill", "settled in ");
		assertThat(before - ledger.usdc(payer)).isEqualTo(price);
		this.browser.screenshot("chat");

		this.browser.open(this.browser.href("#log .bill a"));
		this.browser.awaitText("#transaction", "transfer_from");
		assertThat(this.browser.text("#transaction")).contains("SUCCESS", payer, terms.payTo(),
				decimal(price) + " USDC");
		this.browser.screenshot("transaction");
	}

	@Test
	void whoStopsAnAnswerPaysForTheWordsThatCame() {
		openSession("0.30");
		String payer = this.browser.text("#session .address");
		long before = ledger.usdc(payer);
		say("I need " + "a holiday and ".repeat(15));
		this.browser.awaitText("#log li.bot p", "holiday and a holiday");
		this.browser.click("Stop");
		this.browser.awaitText("#log .bill", "settled in ");
		long paid = before - ledger.usdc(payer);
		assertThat(this.browser.text("#log .bill")).startsWith(decimal(paid) + " USDC · ");
		assertThat(paid).isBetween(5 * WORD_PRICE, 40 * WORD_PRICE);
		assertThat(this.browser.text("#log li.bot p")).endsWith("…");
		assertThat(this.browser.texts("#chat-notice")).containsExactly("");
	}

	@Test
	void oneSignatureBuysMessagesUntilTheBudgetIsUsedUp() {
		openSession("0.12");
		String payer = this.browser.text("#session .address");
		long before = ledger.usdc(payer);
		for (int message = 1; message <= 2; message++) {
			say("Hello, I need a holiday");
			awaitPaid(message);
		}
		say("One more");
		this.browser.awaitText("#chat-notice", "budget is used up");
		assertThat(this.browser.texts("#log li.bot")).hasSize(2);
		this.browser.screenshot("used-up");

		this.browser.click("Top up");
		assertThat(this.browser.evaluate("return document.activeElement.id")).isEqualTo("more");
		this.browser.type("more", "0.20");
		this.browser.click("Top up");
		this.browser.awaitText("#remaining", "0.2");
		say("One more");
		awaitPaid(3);

		this.browser.reload();
		this.browser.awaitText("#remaining", "0.2");

		this.browser.click("End the session");
		this.browser.awaitText("#session .notice", "The session has ended");
		assertThat(ledger.allowance(terms.asset(), payer, spender())).isZero();
		assertThat(before - ledger.usdc(payer)).isBetween(3 * WORD_PRICE, 60 * WORD_PRICE);
	}

	/**
	 * Who sees the header of one call cannot buy another one with it, after a reload
	 * neither.
	 */
	@Test
	void eachMessageIsSignedForItsOwnCall() throws Exception {
		this.browser.beforeEveryPage(NOTING_PAYMENTS);
		openSession("0.30");
		assumeThat(terms.extra()).containsEntry("sessionKeys", true);
		say("Hello");
		awaitPaid(1);
		String first = notedPayment();
		this.browser.reload();
		this.browser.awaitText("#remaining", "0.2");
		say("Hello");
		awaitPaid(1);
		String second = notedPayment();
		for (String header : new String[] { first, second }) {
			PaymentPayload payment = PaymentHeader.decode(header, PaymentPayload.class, 65536);
			assertThat(payment.payload()).containsKey("signature").containsEntry("method", "POST");
			assertThat(Objects.requireNonNull(payment.resource()).url())
				.isEqualTo(chat.url("/api/chat/stream").toString());
			HttpResponse<String> elsewhere = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(chat.url("/api/chat"))
					.header(PaymentHeader.SIGNATURE, header)
					.header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"Hello\"}"))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(elsewhere.statusCode()).isEqualTo(402);
			assertThat(elsewhere.body()).contains("resource_mismatch");
		}
		String saved = "return JSON.parse(sessionStorage.getItem('x402-wallet-and-sessions')).sessions[0].key";
		assertThat(this.browser.evaluate(saved)).asString().hasSize(43);
	}

	@Test
	void aDeviceWhoseClockIsWrongPaysByTheServersAndForAMinute() {
		this.browser.beforeEveryPage(NOTING_PAYMENTS + """
				const right = Date.now.bind(Date);
				Date.now = () => right() - 600_000;
				""");
		openSession("0.30");
		assumeThat(terms.extra()).containsEntry("sessionKeys", true);
		say("Hello");
		awaitPaid(1);
		say("Hello");
		awaitPaid(2);
		long now = Instant.now().getEpochSecond();
		assertThat(this.browser.evaluate("return window.payments.length")).isEqualTo(3L);
		assertThat(validUntil(0)).isLessThanOrEqualTo(now - 540);
		assertThat(validUntil(1)).isBetween(now - 30, now + 60);
		assertThat(validUntil(2)).isBetween(now, now + 60);
	}

	private long validUntil(int index) {
		String header = (String) this.browser.evaluate("return window.payments.at(" + index + ")");
		return ((Number) PaymentHeader.decode(header, PaymentPayload.class, 65536).payload().get("validUntil"))
			.longValue();
	}

	@Test
	void aBrowserThatCannotSignPaysWithASessionWithoutAKey() {
		this.browser.beforeEveryPage(NOTING_PAYMENTS
				+ """
						const generate = crypto.subtle.generateKey.bind(crypto.subtle);
						crypto.subtle.generateKey = (algorithm, extractable, uses) => extractable
							? generate(algorithm, extractable, uses) : Promise.reject(new DOMException("no", "NotSupportedError"));
						""");
		openSession("0.20");
		say("Hello");
		awaitPaid(1);
		assertThat(PaymentHeader.decode(notedPayment(), PaymentPayload.class, 65536).payload())
			.containsOnlyKeys("sessionId");
	}

	private String notedPayment() {
		return (String) this.browser.evaluate("return window.payments.at(-1)");
	}

	@Test
	void pullsOfTheSlotMachineArePaidAndListed() {
		this.browser.open(chat.url("/slot").toString());
		this.browser.click("Use a demo wallet");
		this.browser.type("cap", "0.30");
		this.browser.click("Sign and open");
		this.browser.click("Pull for 0.10 USDC");
		this.browser.awaitCount("#history tr", 1);
		this.browser.click("Pull for 0.10 USDC");
		this.browser.awaitCount("#history tr", 2);
		this.browser.awaitText("#remaining", "0.10 USDC");
		this.browser.screenshot("slot");
		this.browser.reload();
		this.browser.awaitCount("#history tr", 2);
	}

	@Test
	void theSlotMachineDoesNotMoveForWhoWantsNoMotion() {
		this.browser.prefer("prefers-reduced-motion", "reduce");
		this.browser.open(chat.url("/slot").toString());
		this.browser.awaitCount("#reels svg", 3);
		assertThat(this.browser.evaluate("document.getElementById('reels').classList.add('turning');"
				+ "return getComputedStyle(document.querySelector('#reels svg')).animationName"))
			.isEqualTo("none");
	}

	@Test
	void freighterSignsAndMayRefuse() throws IOException {
		this.browser.beforeEveryPage(script("fake-freighter.js"));
		this.browser.open(chat.url("/chat").toString());
		this.browser.click("Connect Freighter");
		this.browser.type("cap", "0.20");
		this.browser.evaluate("window.refuseToSign = true");
		this.browser.click("Sign and open");
		this.browser.awaitText("#session .notice", "You did not sign. Nothing was approved");
		this.browser.evaluate("window.refuseToSign = false");
		this.browser.click("Sign and open");
		this.browser.awaitText("#remaining", "0.20 USDC");
		say("Hello");
		awaitPaid(1);
		assertThat(this.browser.text("#session")).contains("Freighter", "0.1");
	}

	@Test
	void freighterOnAnotherNetworkIsToldSo() throws IOException {
		this.browser.beforeEveryPage("window.freightersNetwork = 'Public Global Stellar Network ; September 2015';"
				+ script("fake-freighter.js"));
		this.browser.open(chat.url("/chat").toString());
		this.browser.click("Connect Freighter");
		this.browser.awaitText("#session .notice", "Switch it and connect again");
	}

	@Test
	void aBrowserThatAsksForAPricedPageSeesThePrice() {
		this.browser.open(chat.url("/api/quote").toString());
		this.browser.awaitText("body", "0.01");
		this.browser.screenshot("payment-required");
	}

	@Test
	void everythingFitsOnAPhoneInTheDark() {
		this.browser.close();
		this.browser = Browser.start(375, 740);
		this.browser.prefer("prefers-color-scheme", "dark");
		openSession("0.30");
		say("Hello");
		awaitPaid(1);
		this.browser.screenshot("phone-chat");
		assertThat(this.browser.evaluate("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
		this.browser.open(chat.url("/slot").toString());
		this.browser.awaitCount("#reels svg", 3);
		assertThat(this.browser.evaluate("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
		this.browser.screenshot("phone-slot");
	}

	private void openSession(String cap) {
		this.browser.open(chat.url("/chat").toString());
		this.browser.click("Use a demo wallet");
		this.browser.type("cap", cap);
		this.browser.click("Sign and open");
		this.browser.awaitText("#remaining", cap + " USDC");
	}

	private void say(String message) {
		this.browser.type("message", message);
		this.browser.click("Send");
	}

	/** Until that answer is over and paid for, whether on credit or not. */
	private void awaitPaid(int message) {
		this.browser.awaitText("#log li:nth-child(" + message + " of .bot) .bill:not(:has(.held))", "left");
	}

	private static String decimal(long baseUnits) {
		String decimal = BigDecimal.valueOf(baseUnits, 7).stripTrailingZeros().toPlainString();
		return decimal.matches(".*\\.\\d\\d.*") ? decimal
				: BigDecimal.valueOf(baseUnits, 7).setScale(2).toPlainString();
	}

	/** To be the last: it does not come back. */
	@Test
	@Order(Integer.MAX_VALUE)
	void aFacilitatorThatIsDownTakesNoMoneyAndThePageSaysSo() {
		openSession("0.30");
		chat.stopFacilitator();
		say("Hello");
		this.browser.awaitText("#chat-notice", "Nothing was charged");
		assertThat(this.browser.texts("#log li.bot")).isEmpty();
		this.browser.screenshot("facilitator-down");
	}

	private static String facilitator() {
		return (String) terms.extra().get("facilitatorUrl");
	}

	private static String spender() {
		return (String) terms.extra().get("spender");
	}

	private static String script(String name) throws IOException {
		try (var stream = Objects.requireNonNull(PagesTests.class.getResourceAsStream("/browser/" + name))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
