package io.github.x402sessions.samples.paidchat.browser;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.samples.paidchat.Ledger;
import io.github.x402sessions.samples.paidchat.StartedPaidChat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor of the chat who pays single messages, without a session.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class PaidAloneTests {

	private static final long PRICE = 1_000_000;

	/** Notes what wallets are asked for and payments are made with. */
	private static final String NOTING = """
			window.payments = [];
			window.signatures = 0;
			const send = window.fetch;
			window.fetch = async (url, init) => {
				if (/transfers.[0-9a-f]{64}$/.test(url)) {
					window.signatures++;
				}
				const payment = init?.headers?.["PAYMENT-SIGNATURE"];
				if (payment) {
					window.payments.push(payment);
				}
				const answer = await send(url, init);
				return window.meddle ? window.meddle(url, answer, payment) : answer;
			};
			""";

	/** The first answer that was paid for does not arrive. */
	private static final String LOSING = """
			window.meddle = async (url, answer, payment) => {
				if (payment && window.payments.length === 1) {
					throw new TypeError("lost");
				}
				return answer;
			};
			""";

	/** A proxy gives up on the first answer that was paid for. */
	private static final String GIVING_UP = """
			window.meddle = async (url, answer, payment) => payment && window.payments.length === 1
					? new Response("<h1>504 Gateway Time-out</h1>", { status: 504 }) : answer;
			""";

	/** The first signature comes to nothing. */
	private static final String LOSING_A_SIGNATURE = """
			window.meddle = async (url, answer) => {
				if (/transfers.[0-9a-f]{64}$/.test(url) && window.signatures === 1) {
					throw new TypeError("lost");
				}
				return (window.signatures > 0 && window.deceive) ? window.deceive(url, answer) : answer;
			};
			""";

	/** A server that has something else signed than its terms say. */
	private static final String DECEIVING = """
			window.meddle = async (url, answer) => {
				if (url !== "/api/transfers") {
					return answer;
				}
				const { preimage } = await answer.json();
				const bytes = Uint8Array.from(atob(preimage), (character) => character.charCodeAt(0));
				bytes[(bytes.length + %d) %% bytes.length] ^= 0x40;
				const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
				const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
				return Response.json({ hash, preimage: btoa(String.fromCharCode(...bytes)) });
			};
			""";

	private static StartedPaidChat chat;

	private static Ledger ledger;

	private final Browser browser = Browser.start(1280, 900);

	@BeforeAll
	static void start() {
		chat = StartedPaidChat.start();
		ledger = new Ledger(chat.rpc());
	}

	@AfterAll
	static void stop() {
		chat.close();
	}

	@AfterEach
	void nothingIsOddAndNobodyHearsOfASession() {
		try (Browser closing = this.browser) {
			assertThat(closing.complaints()).isEmpty();
			assertThat(closing.urls()).isNotEmpty()
				.allMatch((url) -> url.startsWith(chat.url("/").toString()) || url.startsWith("data:")
						|| url.startsWith("about:"));
		}
	}

	@Test
	void bothWaysAreOffered() throws Exception {
		assertThat(offers()).extracting(PaymentRequirements::scheme).containsExactly("session", "exact");
		this.browser.open(chat.url("/chat").toString());
		this.browser.awaitText("#alone", "Pay this message alone, 0.10 USDC");
		assertThat(this.browser.evaluate("return document.getElementById('alone').disabled")).isEqualTo(true);
	}

	@Test
	void aMessageIsPaidByATransferOfItsOwn() throws Exception {
		String payer = connect("Use a demo wallet");
		long before = ledger.usdc(payer);
		payAlone("I need a holiday");
		this.browser.awaitText("#log .bill", "0.10 USDC · ");
		assertThat(this.browser.text("#log .bill")).endsWith(" · paid alone");
		assertThat(this.browser.text("#log li.bot p")).contains("holiday");
		assertThat(this.browser.texts("#chat-notice")).containsExactly("");
		assertThat(this.browser.evaluate("return document.activeElement.id")).isEqualTo("message");
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
		assertThat(ledger.status(this.browser.href("#log .bill a").replaceAll(".*=", ""))).isEqualTo("SUCCESS");
		assertThat(this.browser
			.evaluate("return JSON.parse(sessionStorage.getItem('x402-wallet-and-sessions')).sessions.length"))
			.isEqualTo(0L);
		PaymentRequirements session = offers().get(0);
		assertThat(ledger.allowance(session.asset(), payer, (String) session.extra().get("spender"))).isZero();
		this.browser.screenshot("paid-alone");

		this.browser.open(this.browser.href("#log .bill a"));
		this.browser.awaitText("#transaction", payer);
		assertThat(this.browser.text("#transaction")).contains("SUCCESS", session.payTo(), "0.10 USDC");
	}

	@Test
	void anAnswerThatWasLostIsAskedForWithTheSameTransaction() {
		this.browser.beforeEveryPage(NOTING + LOSING);
		String payer = connect("Use a demo wallet");
		long before = ledger.usdc(payer);
		payAlone("I need a holiday");
		this.browser.awaitText("#chat-notice", "it is charged once");
		this.browser.click("Send it again");
		this.browser.awaitText("#log .bill", "paid alone");
		assertThat(this.browser.evaluate("return window.payments.length")).isEqualTo(2L);
		assertThat(this.browser.evaluate("return window.payments[0] === window.payments[1]")).isEqualTo(true);
		assertThat(this.browser.evaluate("return window.signatures")).isEqualTo(1L);
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
	}

	@Test
	void whatAProxyGaveUpOnIsNotCalledUncharged() {
		this.browser.beforeEveryPage(NOTING + GIVING_UP);
		String payer = connect("Use a demo wallet");
		long before = ledger.usdc(payer);
		payAlone("I need a holiday");
		this.browser.awaitText("#chat-notice", "it is not known whether the payment was made");
		assertThat(this.browser.evaluate("return document.getElementById('message').value")).isEqualTo("");
		this.browser.click("Send it again");
		this.browser.awaitText("#log .bill", "paid alone");
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
	}

	@Test
	void aSignatureThatCameToNothingIsGivenAnewForTheSameNumber() {
		this.browser.beforeEveryPage(NOTING + LOSING_A_SIGNATURE);
		String payer = connect("Use a demo wallet");
		long before = ledger.usdc(payer);
		payAlone("I need a holiday");
		this.browser.click("Send it again");
		this.browser.awaitText("#log .bill", "paid alone");
		assertThat(this.browser.evaluate("return window.signatures")).isEqualTo(2L);
		assertThat(this.browser.evaluate("return window.payments.length")).isEqualTo(1L);
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
	}

	@Test
	void noSecondNumberIsSignedForOneMessage() {
		this.browser
			.beforeEveryPage(NOTING + DECEIVING.formatted(40) + "window.deceive = window.meddle;" + LOSING_A_SIGNATURE);
		String payer = connect("Use a demo wallet");
		long before = ledger.usdc(payer);
		payAlone("I need a holiday");
		this.browser.click("Send it again");
		this.browser.awaitText("#chat-notice", "Nothing was signed");
		assertThat(this.browser.evaluate("return window.signatures")).isEqualTo(1L);
		assertThat(ledger.usdc(payer)).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			the network,        4
			the last ledger,   44
			the asset,         58
			the amount,        -5
			the recipient,    -30
			the calls below,   -1
			""")
	void nothingElseIsSignedThanTheTermsSay(String what, int at) {
		this.browser.beforeEveryPage(NOTING + DECEIVING.formatted(at));
		String payer = connect("Use a demo wallet");
		long before = ledger.usdc(payer);
		payAlone("I need a holiday");
		this.browser.awaitText("#chat-notice", "Nothing was signed");
		assertThat(this.browser.evaluate("return window.signatures")).as(what).isEqualTo(0L);
		assertThat(this.browser.texts("#log li.bot")).isEmpty();
		assertThat(ledger.usdc(payer)).isEqualTo(before);
	}

	@Test
	void freighterSignsAndMayRefuse() throws IOException {
		this.browser.beforeEveryPage(script());
		String payer = connect("Connect Freighter");
		long before = ledger.usdc(payer);
		this.browser.evaluate("window.refuseToSign = true");
		payAlone("I need a holiday");
		this.browser.awaitText("#chat-notice", "You did not sign. Nothing was charged");
		assertThat(this.browser.evaluate("return document.getElementById('message').value"))
			.isEqualTo("I need a holiday");
		this.browser.evaluate("window.refuseToSign = false");
		this.browser.click("Pay this message alone");
		this.browser.awaitText("#log .bill", "paid alone");
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
	}

	private String connect(String wallet) {
		this.browser.open(chat.url("/chat").toString());
		this.browser.click(wallet);
		this.browser.awaitCount("#cap", 1);
		return this.browser.text("#session .address");
	}

	private void payAlone(String message) {
		this.browser.type("message", message);
		this.browser.click("Pay this message alone");
	}

	private static List<PaymentRequirements> offers() throws Exception {
		HttpResponse<String> unpaid = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(chat.url("/api/chat")).POST(HttpRequest.BodyPublishers.noBody()).build(),
					HttpResponse.BodyHandlers.ofString());
		return PaymentHeader
			.decode(unpaid.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(), PaymentRequired.class, 65536)
			.accepts();
	}

	private static String script() throws IOException {
		try (var stream = Objects
			.requireNonNull(PaidAloneTests.class.getResourceAsStream("/browser/fake-freighter.js"))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
