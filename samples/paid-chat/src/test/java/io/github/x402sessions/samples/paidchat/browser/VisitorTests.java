package io.github.x402sessions.samples.paidchat.browser;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.samples.paidchat.Ledger;
import io.github.x402sessions.samples.paidchat.StartedPaidChat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor with a headless Chromium, and the chat that all tests of a class visit.
 */
abstract class VisitorTests {

	static StartedPaidChat chat;

	static Ledger ledger;

	static PaymentRequirements terms;

	Browser browser = Browser.start(1280, 900);

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

	final void openSession(String cap) {
		this.browser.open(chat.url("/chat").toString());
		this.browser.click("Use a demo wallet");
		this.browser.type("cap", cap);
		this.browser.click("Sign and open");
		this.browser.awaitText("#remaining", cap + " USDC");
	}

	final void say(String message) {
		this.browser.type("message", message);
		this.browser.click("Send");
	}

	/** Until that answer is over and paid for, whether on credit or not. */
	final void awaitPaid(int message) {
		this.browser.awaitText("#log li:nth-child(" + message + " of .bot) .bill:not(:has(.held))", "left");
	}

	private static String facilitator() {
		return (String) terms.extra().get("facilitatorUrl");
	}

}
