package io.github.x402sessions.samples.paidchat.browser;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.samples.paidchat.Ledger;
import io.github.x402sessions.samples.paidchat.StartedPaidChat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One Chromium that forgets between tests what it did, and one chat whose ledger can be
 * stopped.
 */
abstract class WalkTests {

	static StartedPaidChat chat;

	static Ledger ledger;

	static Browser browser;

	@BeforeAll
	static void start() {
		chat = StartedPaidChat.start("--facilitator.deferred.max-age=1s");
		ledger = new Ledger(chat.rpc());
		browser = Browser.start(1280, 900);
	}

	@AfterAll
	static void stop() {
		try (StartedPaidChat chatToClose = chat; Browser browserToClose = browser) {
			String facilitator = chatToClose.facilitator().toString();
			assertThat(browserToClose.urls()).isNotEmpty()
				.allMatch((url) -> url.startsWith(chatToClose.url("/").toString()) || url.startsWith(facilitator)
						|| url.startsWith("data:") || url.startsWith("about:"));
		}
	}

	@BeforeEach
	void forget() {
		browser.open(chat.url("/images/icon.svg").toString());
		browser.evaluate("sessionStorage.clear()");
		browser.refusals().clear();
	}

	@AfterEach
	void nothingIsOdd() throws Exception {
		ledgerGoesOn();
		assertThat(browser.complaints()).isEmpty();
	}

	static void open(String path) {
		browser.open(chat.url(path).toString());
	}

	static void openSession(String path, String cap) {
		open(path);
		browser.click("Use a demo wallet");
		browser.type("cap", cap);
		browser.click("Sign and open");
		browser.awaitText("#remaining", cap + " USDC");
	}

	static void say(String message) {
		browser.type("message", message);
		browser.click("Send");
	}

	static String payer() {
		return browser.text("#session .address");
	}

	static String focus() {
		return String
			.valueOf(browser.evaluate("return document.activeElement.id || document.activeElement.textContent.trim()"));
	}

	/** No ledger closes until it {@link #ledgerGoesOn goes on}. */
	static void ledgerStops() throws IOException, InterruptedException {
		faults(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("{\"closingPaused\":true}")));
	}

	static void ledgerGoesOn() throws IOException, InterruptedException {
		faults(HttpRequest.newBuilder().DELETE());
	}

	private static void faults(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(request.uri(chat.rpc().resolve("/devnet/faults")).header("Content-Type", "application/json").build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
	}

}
