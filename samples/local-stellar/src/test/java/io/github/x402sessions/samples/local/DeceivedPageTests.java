package io.github.x402sessions.samples.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.github.x402sessions.fixtures.Axe;
import io.github.x402sessions.fixtures.Browser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A facilitator that has something else signed on the page than a person asked for. What
 * it answers is changed on its way, with the hash that fits.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class DeceivedPageTests {

	/**
	 * Counts signatures, notes what is sent, and changes a quote: {@code at(place)} in
	 * the call and in its authorisation, {@code bytes} in all.
	 */
	private static final String DECEIVING = """
			window.signed = 0;
			window.sent = [];
			const sign = crypto.subtle.sign.bind(crypto.subtle);
			crypto.subtle.sign = (...all) => {
				window.signed++;
				return sign(...all);
			};
			const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
			const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
			const send = window.fetch;
			window.fetch = async (url, init) => {
				window.sent.push([String(url), init?.body ? JSON.parse(init.body) : null]);
				const answer = await send(url, init);
				if (window.ledger && String(url).endsWith("/ledger")) {
					return new Response(window.ledger);
				}
				if (!window.change || !String(url).endsWith("/sessions/quote")) {
					return answer;
				}
				const offer = await answer.json();
				window.offer = { ...offer };
				let bytes = Uint8Array.from(atob(offer.transaction), (character) => character.charCodeAt(0));
				const view = new DataView(bytes.buffer);
				const both = (place) => [place, place + 180].forEach((each) => {
					bytes[each] ^= 1;
				});
				bytes = window.change({ bytes, view, both, offer, joined }) ?? bytes;
				const { passphrase } = JSON.parse(document.getElementById("x402-data").textContent).ways[0];
				const network = await digest(new TextEncoder().encode(passphrase));
				offer.hash = [...await digest(joined(network, bytes.slice(0, -4)))]
					.map((byte) => byte.toString(16).padStart(2, "0")).join("");
				offer.transaction = window.nonsense ?? btoa(String.fromCharCode(...bytes));
				return Response.json(offer);
			};
			""";

	private static final String APPROVING = """
			window.approval = async (change) => {
				const { transaction, user, spender, asset, expirationLedger } = %s;
				const bytes = Uint8Array.from(atob(transaction), (character) => character.charCodeAt(0));
				const both = (place) => [place, place + 180].forEach((each) => {
					bytes[each] ^= 1;
				});
				const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
				const changed = change({ bytes, view: new DataView(bytes.buffer), both, joined });
				const { Approval } = await import("/approval.js");
				const { opening } = await import("/cover.js");
				try {
					const approval = new Approval(btoa(String.fromCharCode(...changed)), { user, spender, asset });
					return String((await opening(approval, { cap: 1_000_000n, expirationLedger }, [], {})).amount);
				}
				catch (problem) {
					return problem.message;
				}
			};
			""";

	/** What is changed, how, and what the person is told. */
	private static final String DECEPTIONS = """
			another kind of envelope        | bytes[3] = 5                                            | approve that was asked
			another source                  | bytes[10] ^= 1                                          | approve that was asked
			a fee of more than 2 XLM        | view.setUint32(40, 20_000_001)                          | cost more than 2 XLM
			no time to be sent in           | view.setBigUint64(64, 0n)                               | more than an hour
			a day to be sent in             | view.setBigUint64(64, view.getBigUint64(64) + 86_400n)  | more than an hour
			a time to begin with            | view.setBigUint64(56, 1n)                               | approve that was asked
			other conditions                | bytes[55] = 2                                           | approve that was asked
			a memo                          | bytes[75] = 3                                           | approve that was asked
			two operations                  | bytes[79] = 2; return joined(bytes.slice(0, 444), bytes.slice(80, 444), bytes.slice(444)) | approve that was asked
			a source of the operation       | bytes[83] = 1; return joined(bytes.slice(0, 84), bytes.slice(4, 40), bytes.slice(84)) | approve that was asked
			another operation               | bytes[87] = 1                                           | approve that was asked
			another host function           | bytes[91] = 2                                           | approve that was asked
			another contract                | both(110)                                               | approve that was asked
			another function                | both(133)                                               | approve that was asked
			another owner                   | both(170)                                               | approve that was asked
			another spender                 | both(215)                                               | approve that was asked
			more than any money             | both(243)                                               | approve that was asked
			less money                      | bytes[249] = bytes[429] = 0                             | offers less
			an earlier end                  | bytes[257] = bytes[437] = 0; bytes[258] = bytes[438] = 0; bytes[259] = bytes[439] = 1 | offers less
			no authorisation                | bytes[263] = 0; return joined(bytes.slice(0, 264), bytes.slice(444)) | approve that was asked
			two authorisations              | bytes[263] = 2; return joined(bytes.slice(0, 444), bytes.slice(264, 444), bytes.slice(444)) | approve that was asked
			another's authorisation         | bytes[267] = 1                                          | approve that was asked
			an authorisation of another call | bytes[431] ^= 1                                        | approve that was asked
			an authorised call below        | bytes[443] = 1; return joined(bytes.slice(0, 444), bytes.slice(268, 440), [0, 0, 0, 0], bytes.slice(444)) | approve that was asked
			an entry of another contract    | bytes[470] ^= 1                                         | touches more
			a dear resource                 | view.setBigUint64(bytes.length - 12, 10_000_001n)       | cost more than 2 XLM
			resources that go on            | return joined(bytes.slice(0, -4), [0, 0, 0, 0], bytes.slice(-4)) | touches more
			no resources                    | bytes[447] = 0; return joined(bytes.slice(0, 448), bytes.slice(-4)) | approve that was asked
			a signature                     | bytes[bytes.length - 1] = 1                             | approve that was asked
			words                           | return new TextEncoder().encode('..transfer all of it to mallory....') | approve that was asked
			""";

	private static final String LEDGERS = """
			{"sequence":"1000","secondsPerLedger":5}        | cannot be where
			{"secondsPerLedger":5}                          | cannot be where
			{"sequence":-1,"secondsPerLedger":5}            | cannot be where
			{"sequence":1000.5,"secondsPerLedger":5}        | cannot be where
			{"sequence":4294967296,"secondsPerLedger":5}    | cannot be where
			{"sequence":1000,"secondsPerLedger":0}          | cannot be where
			{"sequence":1000,"secondsPerLedger":"5"}        | cannot be where
			{"sequence":1000}                               | cannot be where
			{"sequence":1000,"secondsPerLedger":1e-9}       | no end
			""";

	private static PaidShop shop;

	private static Browser browser;

	@BeforeAll
	static void start() throws Exception {
		shop = new PaidShop();
		browser = Browser.start(1280, 900);
	}

	@AfterAll
	static void stop() {
		try (PaidShop shopToClose = shop; Browser browserToClose = browser) {
			assertThat(shopToClose.sold).hasValue(0);
			assertThat(browserToClose.urls()).isNotEmpty();
		}
	}

	@BeforeEach
	void connect() {
		browser.open(shop.url("/shop/nothing"));
		browser.evaluate("sessionStorage.clear()");
		browser.evaluateLater("""
				new Promise((resolve) => {
					indexedDB.deleteDatabase("x402-session-keys").onsuccess = () => resolve(true);
				})
				""");
		browser.open(shop.url("/shop/report"));
		browser.evaluate(DECEIVING);
		browser.click("Use a demo wallet");
		browser.awaitCount("#x402-pay .address", 1);
	}

	@AfterEach
	void nothingIsOdd() {
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void nothingElseIsSignedForASession() throws IOException {
		for (String change : List.of("both(133)", "both(215)", "window.nonsense = '%%'")) {
			browser.evaluate("window.change = ({ both }) => { " + change + "; }");
			browser.click("Open a session");
			browser.awaitText("#x402-pay .notice", "is not the approve that was asked for. Nothing was signed.");
			assertThat(browser.evaluate("return window.signed")).isEqualTo(0L);
		}
		assertThat(keptKeys()).isEqualTo(0L);
		Object offer = browser.evaluate("return JSON.stringify(window.offer)");
		try (Modules modules = new Modules()) {
			browser.open(modules.url());
			browser.evaluate(APPROVING.formatted(offer));
			assertThat(approval("")).isEqualTo("1000000");
			cases(DECEPTIONS).forEach((each) -> assertThat(approval(each[1])).as(each[0]).contains(each[2]));
		}
	}

	/** Fields that say otherwise than the transaction, and a text to sign. */
	@Test
	void whatIsSignedIsMadeOfWhatWasAskedFor() {
		browser.evaluate(
				"""
						const generate = crypto.subtle.generateKey.bind(crypto.subtle);
						crypto.subtle.generateKey = (algorithm, extractable, uses) => extractable
							? generate(algorithm, extractable, uses) : Promise.reject(new DOMException("no", "NotSupportedError"));
						window.change = ({ offer }) => Object.assign(offer, { proofMessage: "let mallory in", cap: "1",
							allowance: "1", spender: offer.user, recipient: offer.user, expirationLedger: 4_000_000_000 }) && undefined;
						""");
		browser.click("Open a session");
		browser.awaitText("#x402-left", "Your session has 0.10 USDC left");
		assertThat(browser.evaluate("return window.signed")).isEqualTo(2L);
		assertThat(browser.evaluate(
				"return JSON.parse(sessionStorage.getItem('x402-wallet-and-sessions')).sessions[0].key ?? 'none'"))
			.isEqualTo("none");
	}

	@Test
	void aLargerApprovalIsAPersonsChoice() {
		cases("""
				more money    | both(248)    | 1.7777216 USDC in all
				a later end   | both(257)    | 0.10 USDC in all, until about
				""").forEach((each) -> {
			browser.evaluate("window.change = ({ both }) => { " + each[1] + "; }");
			browser.click("Open a session");
			browser.awaitText("dialog", each[2]);
			if (each[0].equals("more money")) {
				browser.prefer("prefers-color-scheme", "dark");
				assertThat(Axe.violations(browser)).isEmpty();
				browser.prefer("prefers-color-scheme", "light");
				assertThat(Axe.violations(browser)).isEmpty();
			}
			browser.click("Do not sign");
			browser.awaitText("#x402-pay .notice", "You did not agree. Nothing was signed.");
			assertThat(browser.evaluate("return window.signed")).as(each[0]).isEqualTo(0L);
		});
	}

	/** One was opened in a tab that was closed. */
	@Test
	void sessionsOfOtherTabsAreCoveredOrTakenBack() {
		open("0.03");
		browser.evaluate("""
				const saved = JSON.parse(sessionStorage.getItem("x402-wallet-and-sessions"));
				sessionStorage.setItem("x402-wallet-and-sessions", JSON.stringify({ ...saved, sessions: [] }));
				""");
		browser.reload();
		browser.evaluate(DECEIVING);
		browser.type("x402-cap", "0.02");
		browser.click("Open a session");
		browser.click("Sign for 0.05 USDC in all");
		browser.awaitText("#x402-left", "Your session has 0.02 USDC left");
		browser.click("End the session");
		browser.awaitText("dialog", "they need 0.03 USDC");
		browser.click("Take everything back");
		browser.awaitCount("#x402-left", 0);
		assertThat(allowedAtLast()).isEqualTo("0");
		open("0.02");
		assertThat(allowedAtLast()).isEqualTo("200000");
	}

	@Test
	void whatCouldNotBeTakenBackStaysAndIsTakenBackLater() {
		open("0.03");
		browser.evaluate("""
				window.change = ({ bytes, view, both, joined }) => { bytes[133] ^= 1; bytes[313] ^= 1; };
				""");
		browser.click("End the session");
		browser.awaitText("#x402-pay .notice",
				"Nothing was signed. The session pays nothing any more, but its approval stands: end it once more");
		assertThat(browser.evaluate("return window.signed")).isEqualTo(2L);
		assertThat(browser.text("#x402-left")).contains("0.00 USDC left");
		browser.evaluate("window.change = null");
		browser.click("End the session");
		browser.awaitCount("#x402-left", 0);
		assertThat(allowedAtLast()).isEqualTo("0");
		assertThat(keptKeys()).isEqualTo(0L);
	}

	/** A facilitator's spender may change; what rests on each is taken back. */
	@Test
	void theEndTakesBackWhatEachSpenderMaySpend() {
		open("0.03");
		browser.evaluate("""
				const key = "x402-wallet-and-sessions";
				const saved = JSON.parse(sessionStorage.getItem(key));
				const older = { ...saved.sessions[0], spender: "%s" };
				sessionStorage.setItem(key, JSON.stringify({ ...saved, sessions: [older, ...saved.sessions] }));
				""".formatted(shop.stellar().merchant()));
		browser.reload();
		browser.evaluate(DECEIVING);
		browser.awaitText("#x402-left", "0.06 USDC left");
		browser.click("End the session");
		browser.awaitText("#x402-pay .notice", "its approval stands");
		assertThat(allowedAtLast()).isEqualTo("0");
		assertThat(browser
			.evaluate("return JSON.parse(sessionStorage.getItem('x402-wallet-and-sessions')).sessions.map((each) =>"
					+ " each.spender).join()"))
			.isEqualTo(shop.stellar().merchant());
	}

	@Test
	void noLedgerIsTakenForWhatItCannotBe() throws IOException {
		browser.evaluate("window.ledger = '{\"sequence\":\"1000\",\"secondsPerLedger\":5}'");
		for (String button : List.of("Open a session", "Pay 0.01 USDC once")) {
			browser.click(button);
			browser.awaitText("#x402-pay .notice", "The ledger cannot be where it is said to be");
		}
		assertThat(browser.evaluate("return window.signed")).isEqualTo(0L);
		try (Modules modules = new Modules()) {
			browser.open(modules.url());
			cases(LEDGERS).forEach((each) -> assertThat(String.valueOf(browser.evaluateLater("""
					import("/ledger-height.js").then(({ ledgerIn }) =>
						ledgerIn(900, { fund: true, ledger: async () => (%s) })).catch((problem) => problem.message)
					""".formatted(each[0])))).as(each[0]).contains(each[1]));
		}
	}

	/** By the modules themselves, because a devnet is no public network. */
	@Test
	void onThePublicNetworkTimeSaysWhatALedgerMayBe() throws IOException {
		try (Modules modules = new Modules()) {
			browser.open(modules.url());
			Object told = browser.evaluateLater(
					"""
							(async () => {
								const { ledgerIn, paymentsEnd } = await import("/ledger-height.js");
								const { preimageOf, Transfer } = await import("/transfer.js");
								const { accountOf } = await import("/address.js");
								const { base64, concat, hex, sha256 } = await import("/bytes.js");
								const passphrase = "Public Global Stellar Network ; September 2015";
								const at = (sequence, secondsPerLedger) => ({ passphrase, ledger: async () => ({ sequence, secondsPerLedger }) });
								const failure = (problem) => problem.message;
								const before = 62_000_000;
								const latest = 62_400_000 + Math.floor((Date.now() / 1000 - 1_777_593_600) / 4);
								const user = accountOf(new Uint8Array(32));
								const accepted = { asset: user, payTo: user, amount: "1", maxTimeoutSeconds: 60 };
								const signedUntil = async (ledger) => {
									const last = new DataView(new ArrayBuffer(12));
									last.setUint32(8, ledger);
									const preimage = await preimageOf(user, accepted, passphrase, new Uint8Array(last.buffer));
									const prepare = async () => ({ preimage: base64(preimage), hash: hex(await sha256(preimage)) });
									const complete = async () => "signed";
									const wallet = { address: user, signAuthEntry: async () => "" };
									const site = { ...at(before, 1e-7), transfers: { prepare, complete } };
									return new Transfer(wallet, { accepted }, "pay_0123456789abcdef", site).transaction().catch(failure);
								};
								return [
									await ledgerIn(900, at(before, 1e-7)) - before, await ledgerIn(900, at(before, 6)) - before,
									await paymentsEnd(60, at(before, 1e-7)) - before, await ledgerIn(5, at(latest - 100, 5)) - latest,
									await ledgerIn(900, at(latest + 100, 5)).catch(failure), await signedUntil(before + 14),
									await signedUntil(before + 15),
								].join("\\n");
							})()
							""");
			assertThat(String.valueOf(told).lines()).containsExactly("180", "150", "12", "-99",
					"The ledger cannot be where it is said to be. Is the clock of this device right? Nothing was signed.",
					"signed",
					"The server wants a payment that is good for longer than its terms say. Nothing was signed.");
		}
	}

	/** What the page makes of a changed approve: its amount, or why it is not signed. */
	private static String approval(String change) {
		return String.valueOf(browser
			.evaluateLater("window.approval(({ bytes, view, both, joined }) => { " + change + "; return bytes; })"));
	}

	private static void open(String cap) {
		browser.type("x402-cap", cap);
		browser.click("Open a session");
		browser.awaitText("#x402-left", "Your session has " + cap + " USDC left");
	}

	/** What the approve that was sent last is for, base units. */
	private static String allowedAtLast() {
		return String.valueOf(browser.evaluate("""
				const { transaction } = window.sent.map(([, body]) => body).findLast((body) => body?.transaction);
				const bytes = Uint8Array.from(atob(transaction), (character) => character.charCodeAt(0));
				return String(new DataView(bytes.buffer).getBigUint64(244));
				"""));
	}

	private static @Nullable Object keptKeys() {
		return browser.evaluateLater("""
				new Promise((resolve) => {
					const open = indexedDB.open("x402-session-keys", 1);
					open.onsuccess = () => {
						const count = open.result.transaction("keys").objectStore("keys").count();
						count.onsuccess = () => {
							open.result.close();
							resolve(count.result);
						};
					};
				})
				""");
	}

	private static Stream<String[]> cases(String lines) {
		return lines.lines().map((line) -> line.split("\\s*\\|\\s+"));
	}

	/** The modules of the page, as a site of its own serves them. */
	private static final class Modules implements AutoCloseable {

		private final HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);

		Modules() throws IOException {
			this.server.createContext("/", (exchange) -> {
				try (exchange;
						InputStream module = DeceivedPageTests.class
							.getResourceAsStream("/io/github/x402sessions/core/page" + exchange.getRequestURI())) {
					byte[] body = (module != null) ? module.readAllBytes() : new byte[0];
					exchange.getResponseHeaders()
						.set("Content-Type",
								exchange.getRequestURI().getPath().endsWith(".js") ? "text/javascript" : "text/html");
					exchange.sendResponseHeaders(200, (body.length > 0) ? body.length : -1);
					exchange.getResponseBody().write(body);
				}
			});
			this.server.start();
		}

		String url() {
			return "http://localhost:" + this.server.getAddress().getPort() + "/index.html";
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
