package io.github.x402sessions.samples.paidchat.browser;

import java.util.List;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reloads, slow ledgers, ended sessions and facilitators that are gone: what was paid for
 * is not lost, and nothing is paid for twice.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterruptedTests extends WalkTests {

	private static final long PRICE = 1_000_000;

	/** Offers a session of seconds, on a ledger that closes five times in each. */
	private static final String SHORT_TIME = "const time = document.getElementById('time'); time.options[0].value = '4'; time.selectedIndex = 0";

	private static final String TAKE_BACK = """
			(async () => {
				const { restoreDemoWallet } = await import("/x402/demo-wallet.js");
				const { getJson, postJson } = await import("/x402/http.js");
				const { wallet: { key }, sessions: [{ spender, asset }] } = JSON.parse(sessionStorage.getItem("x402-wallet-and-sessions"));
				const wallet = await restoreDemoWallet(key);
				const { passphrase } = await getJson("/api/site");
				const { hash, transaction } = await postJson("/api/revocations", { user: wallet.address, spender, asset });
				await postJson(`/api/revocations/${hash}`, { transaction: await wallet.signTransaction(transaction, passphrase) });
				return "taken back";
			})()""";

	@Test
	void theConversationAndTheWordsThatCameOutliveAReload() {
		openSession("/chat", "0.30");
		String payer = payer();
		long before = ledger.usdc(payer);
		say("I need " + "a holiday and ".repeat(15));
		browser.awaitText("#log li.bot p", "holiday and a holiday");
		browser.reload();
		browser.awaitText("#log li.bot p", "holiday and a holiday");
		assertThat(browser.text("#log li.bot p")).endsWith(" …");
		browser.awaitText("#log .bill", "settled in ");
		assertThat(before - ledger.usdc(payer)).isLessThan(PRICE).isPositive();
		String said = browser.text("#log");
		browser.reload();
		browser.awaitText("#log .bill", "settled in ");
		assertThat(browser.text("#log")).isEqualTo(said);
		assertThat(browser.texts("#chat-notice")).containsExactly("");
	}

	@Test
	void noMoreIsKeptThanATabHasRoomFor() {
		open("/chat");
		browser
			.evaluate("sessionStorage.setItem('chat-turns', JSON.stringify(Array.from({ length: 80 }, (_, index) => ({"
					+ "text: `message ${index}`, way: 'byWord', identifier: `pay_${index}`, answered: true, words: 'so' }))))");
		openSession("/chat", "0.30");
		say("One more");
		browser.awaitText("#log .bill", "left");
		assertThat(browser.evaluate("return JSON.parse(sessionStorage.getItem('chat-turns')).length")).isEqualTo(50L);
		browser.evaluate("for (let size = 1 << 22; size > 8; size /= 2) {"
				+ " try { sessionStorage.setItem(`full-${size}`, 'x'.repeat(size)); } catch {} }");
		say("And one more");
		browser.awaitCount("#log .bill", 2);
		assertThat(browser.texts("#chat-notice")).containsExactly("");
	}

	@Test
	void whoStopsWaitingGetsThePullThatWasSent() throws Exception {
		openSession("/slot", "0.30");
		String payer = payer();
		long before = ledger.usdc(payer);
		ledgerStops();
		browser.click("Pull for 0.10 USDC");
		browser.awaitText("#progress .elapsed", "1 s");
		browser.click("Cancel");
		browser.awaitText("#slot-notice", "What was sent may still be charged");
		browser.screenshot("slot-cancelled");
		browser.click("Send it again");
		browser.awaitText("#progress .elapsed", "1 s");
		ledgerGoesOn();
		browser.awaitCount("#history tr", 1);
		browser.awaitText("#remaining", "0.20 USDC");
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
		assertThat(browser.text("#pull")).isEqualTo("Pull for 0.10 USDC");
	}

	@Test
	void aPullThatMayBeChargedIsGivenUpByHandAlone() {
		openSession("/slot", "0.30");
		String payer = payer();
		long before = ledger.usdc(payer);
		browser.evaluate("""
				const send = window.fetch;
				window.fetch = async (url, init) => {
					const answer = await send(url, init);
					return init?.headers?.["PAYMENT-SIGNATURE"] ? new Response("", { status: 504 }) : answer;
				};""");
		browser.click("Pull for 0.10 USDC");
		browser.awaitText("#slot-notice", "it is not known whether the payment was made");
		assertThat(browser.text("#pull")).isEqualTo("Send it again");
		browser.click("Give it up");
		assertThat(browser.text("#pull")).isEqualTo("Pull for 0.10 USDC");
		assertThat(focus()).isEqualTo("pull");
		assertThat(browser.texts("#slot-notice")).containsExactly("");
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
	}

	/**
	 * The session that it was sent with has nothing left then; the other one would pay
	 * once more.
	 */
	@Test
	void aPullThatWasSentOutlivesAReload() throws Exception {
		openSession("/slot", "0.10");
		browser.type("more", "0.20");
		browser.click("Top up");
		browser.awaitText("#remaining", "0.30 USDC");
		String payer = payer();
		long before = ledger.usdc(payer);
		ledgerStops();
		browser.click("Pull for 0.10 USDC");
		browser.awaitText("#progress .elapsed", "1 s");
		browser.reload();
		browser.awaitText("#slot-notice", "it may have been charged");
		ledgerGoesOn();
		browser.click("Send it again");
		browser.awaitCount("#history tr", 1);
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
		browser.reload();
		browser.awaitCount("#history tr", 1);
		assertThat(browser.text("#pull")).isEqualTo("Pull for 0.10 USDC");
	}

	@Test
	void aTransferThatWasSignedOutlivesAReload() throws Exception {
		open("/chat");
		browser.click("Use a demo wallet");
		browser.awaitCount("#cap", 1);
		String payer = payer();
		long before = ledger.usdc(payer);
		ledgerStops();
		browser.type("message", "I need a holiday");
		browser.click("Pay this message alone");
		browser.awaitText("#stop", "Cancel");
		browser.click("Cancel");
		browser.awaitText("#chat-notice", "What was sent may still be charged");
		String signed = "return JSON.parse(sessionStorage.getItem('x402-wallet-and-sessions')).transfers[0].made";
		Object transaction = browser.evaluate(signed);
		assertThat(transaction).isNotNull();
		browser.reload();
		browser.awaitText("#chat-notice", "it may have been charged");
		assertThat(browser.evaluate(signed)).isEqualTo(transaction);
		ledgerGoesOn();
		browser.click("Send it again");
		browser.awaitText("#log .bill", "paid alone");
		assertThat(before - ledger.usdc(payer)).isEqualTo(PRICE);
		browser.reload();
		browser.awaitText("#log .bill", "paid alone");
		assertThat(browser
			.evaluate("return JSON.parse(sessionStorage.getItem('x402-wallet-and-sessions')).transfers.length"))
			.isEqualTo(0L);
	}

	@Test
	void anApprovalThatWasTakenBackBuysNothingAndIsSaid() {
		openSession("/slot", "0.30");
		String payer = payer();
		assertThat(browser.evaluateLater(TAKE_BACK)).isEqualTo("taken back");
		long before = ledger.usdc(payer);
		browser.click("Pull for 0.10 USDC");
		browser.awaitText("#slot-notice", "Nothing was charged");
		assertThat(browser.texts("#history tr")).isEmpty();
		assertThat(ledger.usdc(payer)).isEqualTo(before);
		browser.click("Open another session");
		browser.awaitText("#session .fine", "Your session has ended");
		assertThat(focus()).isEqualTo("cap");
	}

	@Test
	void theLedgerEndsASessionAndNotTheDevicesClock() throws Exception {
		open("/chat");
		browser.click("Use a demo wallet");
		browser.awaitCount("#cap", 1);
		browser.evaluate("const right = Date.now.bind(Date); Date.now = () => right() + 86_400_000;" + SHORT_TIME);
		browser.click("Sign and open");
		browser.awaitText("#remaining", "0.30 USDC");
		ledgerStops();
		assertThat(countdown()).matches("[1-4] s");
		assertThat(browser.texts("#remaining")).hasSize(1);
		ledgerGoesOn();
		browser.awaitText("#session .fine", "Your session has ended");
		assertThat(browser.texts("#remaining")).isEmpty();
		browser.screenshot("session-ended");
	}

	/** To be the last: it does not come back. */
	@Test
	@Order(Integer.MAX_VALUE)
	void whatWasPaidForIsThereWithoutAFacilitator() {
		openSession("/chat", "0.30");
		say("I need a holiday");
		browser.awaitText("#log .bill", "settled in ");
		chat.stopFacilitator();
		say("Hello");
		browser.awaitText("#chat-notice", "Nothing was charged");
		browser.reload();
		browser.awaitText("#log .bill", "settled in ");
		assertThat(browser.texts("#log li.bot")).hasSize(1);
		browser.screenshot("facilitator-gone");
		List<String> complaints = browser.complaints();
		assertThat(complaints).isNotEmpty().allMatch((line) -> line.contains("net::ERR_CONNECTION_REFUSED"));
		complaints.clear();
	}

	private static String countdown() {
		browser.awaitText("#session dl.facts", " s");
		return browser.texts("#session dl.facts dd").get(2);
	}

}
