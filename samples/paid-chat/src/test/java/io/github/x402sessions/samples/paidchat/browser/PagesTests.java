package io.github.x402sessions.samples.paidchat.browser;

import java.math.BigDecimal;

import io.github.x402sessions.fixtures.Browser;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a visitor does: with the demo wallet, and on a phone.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesTests extends VisitorTests {

	private static final long WORD_PRICE = 20_000;

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
		this.browser.awaitText("#session .fine", "The session has ended");
		assertThat(ledger.allowance(terms.asset(), payer, spender())).isZero();
		assertThat(before - ledger.usdc(payer)).isBetween(3 * WORD_PRICE, 60 * WORD_PRICE);
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

	private static String spender() {
		return (String) terms.extra().get("spender");
	}

}
