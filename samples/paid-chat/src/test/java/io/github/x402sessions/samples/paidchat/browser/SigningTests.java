package io.github.x402sessions.samples.paidchat.browser;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What is signed by wallets and browsers, and what is not.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class SigningTests extends VisitorTests {

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

	/** A server that has another spender allowed something where a session ends. */
	@Test
	void theEndOfASessionAllowsNobodyElse() throws Exception {
		openSession("0.20");
		String payer = this.browser.text("#session .address");
		this.browser.evaluate("""
				const send = window.fetch;
				window.fetch = async (url, init) => {
					const answer = await send(url, init);
					if (url !== "/api/revocations" || window.honest) {
						return answer;
					}
					const { hash, transaction } = await answer.json();
					const bytes = Uint8Array.from(atob(transaction), (character) => character.charCodeAt(0));
					[215, 395].forEach((place) => {
						bytes[place] ^= 1;
					});
					return Response.json({ hash, transaction: btoa(String.fromCharCode(...bytes)) });
				};
				""");
		this.browser.click("End the session");
		this.browser.awaitText("#session .notice", "Nothing was signed. The session pays nothing any more");
		assertThat(allowance(payer)).isPositive();
		this.browser.evaluate("window.honest = true");
		this.browser.click("End the session");
		this.browser.awaitText("#session .fine", "The session has ended");
		assertThat(allowance(payer)).isZero();
	}

	private static long allowance(String payer) {
		return ledger.allowance(terms.asset(), payer, (String) Objects.requireNonNull(terms.extra()).get("spender"));
	}

	private String notedPayment() {
		return (String) this.browser.evaluate("return window.payments.at(-1)");
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

	private static String script(String name) throws IOException {
		try (var stream = Objects.requireNonNull(SigningTests.class.getResourceAsStream("/browser/" + name))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
