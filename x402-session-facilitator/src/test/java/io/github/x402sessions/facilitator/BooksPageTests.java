package io.github.x402sessions.facilitator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.fixtures.Browser;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.stellar.sdk.KeyPair;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A seller looks at its books in a headless Chromium: what it sees is what the API says
 * and what the chain has paid, and nothing that a stranger wrote is run.
 */
@EnabledIf(value = "io.github.x402sessions.fixtures.Browser#isThere",
		disabledReason = "no /usr/bin/chromium with /usr/bin/chromedriver here (Debian: apt-get install chromium chromium-driver)")
class BooksPageTests {

	private static final String KEY = "a-long-random-secret";

	private static final String OTHER_KEY = "another-random-secret";

	private static final String HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

	private static final String KEEPING_WHAT_IS_SAVED = """
			URL.createObjectURL = (blob) => {
				blob.text().then((text) => { window.saved = text; });
				return "blob:nothing";
			};
			HTMLAnchorElement.prototype.click = () => {};
			""";

	private static final FacilitatorEnvironment ENVIRONMENT = FacilitatorEnvironment.withoutFacilitator();

	private static final KeyPair HOSTILE_SELLER = KeyPair.random();

	private static String confirmed;

	private Browser browser;

	@BeforeAll
	static void pay() {
		Map<String, String> properties = new HashMap<>(Map.of("facilitator.access.keys[0].name", "shop",
				"facilitator.access.keys[0].hash", Sha256.hex(KEY), "facilitator.access.keys[0].recipients[0]",
				ENVIRONMENT.merchant.getAccountId(), "facilitator.access.keys[1].name", "other",
				"facilitator.access.keys[1].hash", Sha256.hex(OTHER_KEY), "facilitator.access.keys[1].recipients[0]",
				HOSTILE_SELLER.getAccountId()));
		properties.putAll(Commitments.PROPERTIES);
		ENVIRONMENT.start(properties);
		SessionHolder signer = SessionHolder.of(ENVIRONMENT, 10_000_000);
		confirmed = signer.call("pay_0123456789abcdef", "100000").settle().text("transaction");
		for (int i = 0; i < 3; i++) {
			signer.call("pay_of_a_session_" + i, "70001").settle();
		}
		String session = Commitments.session(ENVIRONMENT, ENVIRONMENT.payer(), 20_000_000);
		Commitments.commit(ENVIRONMENT, session, "20000");
		Commitments.commit(ENVIRONMENT, session, "20001");
		hostileBooks();
	}

	/** What no honest facilitator would have in its books. */
	private static void hostileBooks() {
		try (TestDatabase database = ENVIRONMENT.openDatabase()) {
			String signed = new PaymentStatement("stellar:testnet", "C", "r", "5", "0", "GET",
					"javascript:window.hit=1//</td><svg/onload=window.hit=1>", "pay_1", 9, "-")
				.text();
			database.store().evidence().keep("cmt_hostile", new PaymentEvidence("key", signed, "signature"));
			StoredRow.commitment("cmt_hostile")
				.with("session_id", null)
				.with("recipient", HOSTILE_SELLER.getAccountId())
				.with("payer", HOSTILE)
				.with("asset", "=" + HOSTILE)
				.with("status", "WRITTEN_OFF")
				.insert(database.jdbc());
		}
	}

	@AfterAll
	static void close() {
		ENVIRONMENT.close();
	}

	@BeforeEach
	void start() {
		this.browser = Browser.start(1280, 1000);
	}

	@AfterEach
	void nothingIsOddAndNobodyElseIsAsked() {
		try (Browser closing = this.browser) {
			assertThat(closing.evaluate("return window.hit ?? 'no'")).isEqualTo("no");
			assertThat(closing.complaints()).isEmpty();
			assertThat(closing.urls()).isNotEmpty()
				.allMatch((url) -> url.startsWith(ENVIRONMENT.server().url().toString()) || url.startsWith("data:")
						|| url.startsWith("about:"))
				.noneMatch((url) -> url.contains(KEY));
		}
	}

	@Test
	void sumsAreThoseOfTheApiAndOfTheChain() {
		open(ENVIRONMENT.merchant.getAccountId(), KEY);
		BigInteger paid = ENVIRONMENT.usdc(ENVIRONMENT.merchant);
		assertThat(sum("Calls")).isEqualTo("6");
		assertThat(baseUnits(sum("Paid"))).isEqualTo(paid).isEqualTo(sumOfTheApi("confirmed"));
		assertThat(baseUnits(sum("Under way"))).isEqualTo(sumOfTheApi("committed"))
			.isEqualTo(BigInteger.valueOf(40_001));
		assertThat(this.browser.texts("#sums tbody tr")).hasSize(1);
		assertThat(baseUnits(this.browser.text("#sums tbody td:nth-of-type(2)") + " USDC")).isEqualTo(paid);
		assertThat(this.browser.texts("#calls tbody tr")).hasSize(6);
		assertThat(this.browser.texts("#calls a")).contains(confirmed).anyMatch((text) -> text.startsWith("cmt_"));
		assertThat(this.browser.text("#calls tbody")).contains("https://shop.example/api/quote",
				"Under way (committed)");
		assertThat(this.browser.evaluate("return document.querySelectorAll('#plot .bar rect').length")).isEqualTo(5L);
		assertThat(this.browser.evaluate("return document.querySelector('#plot svg title').textContent").toString())
			.contains("paid 0.0310003", "under way 0.0040001");
		this.browser.screenshot("books");

		this.browser.evaluate("document.querySelector('input[value=resource]').click()");
		this.browser.awaitCount("#sums tbody tr", 2);
		assertThat(this.browser.texts("#sums tbody th")).containsExactly("https://shop.example/api/quote", "not known");
		this.browser.prefer("prefers-color-scheme", "dark");
		this.browser.screenshot("books-dark-by-url");
		this.browser.evaluate("document.querySelector('input[value=payer]').click()");
		this.browser.awaitCount("#sums tbody tr", 2);
	}

	@Test
	void filtersAndExportsWhatIsShownInTheApisOwnLines() {
		this.browser.beforeEveryPage(KEEPING_WHAT_IS_SAVED);
		open(ENVIRONMENT.merchant.getAccountId(), KEY);
		this.browser.type("text", "api/quote");
		this.browser.awaitCount("#calls tbody tr", 4);
		select("kind", "open");
		this.browser.awaitText("#place", "No call");
		select("kind", "paid");
		this.browser.awaitCount("#calls tbody tr", 4);
		this.browser.click("Export as CSV");
		List<String> csv = saved().lines().toList();
		assertThat(csv).hasSize(5).first().asString().startsWith("id,status,amount");
		assertThat(csv.subList(1, 5)).allMatch((line) -> line.endsWith(",https://shop.example/api/quote"));
		this.browser.evaluate("window.saved = undefined");
		this.browser.click("Export as JSON lines");
		assertThat(saved().lines()).hasSize(4).allMatch((line) -> line.contains("\"status\":\"confirmed\""));
		this.browser.click("All calls");
		this.browser.awaitCount("#calls tbody tr", 6);
		this.browser.evaluate("""
				document.getElementById('to').value = '2001-01-01';
				document.getElementById('to').dispatchEvent(new Event('input', { bubbles: true }))""");
		this.browser.awaitText("#place", "No call");
		assertThat(sum("Paid")).isEqualTo("0.00 USDC");
	}

	@Test
	void whatStrangersWroteIsText() {
		open(HOSTILE_SELLER.getAccountId(), OTHER_KEY);
		assertThat(this.browser.text("#calls tbody")).contains(HOSTILE, "javascript:window.hit=1//</td><svg/onload");
		for (String by : new String[] { "resource", "payer", "day" }) {
			this.browser.evaluate("document.querySelector('input[value=" + by + "]').click()");
		}
		assertThat(
				this.browser.evaluate("return document.querySelectorAll('main img, main script, #calls svg').length"))
			.isEqualTo(0L);
		assertThat(this.browser.evaluate("return document.querySelectorAll('#calls a').length")).isEqualTo(0L);
		assertThat(this.browser.evaluate("""
				try {
					document.querySelector('main').innerHTML = '<b>x</b>';
					return 'assigned';
				}
				catch (failure) {
					return failure.name;
				}""")).as("the policy").isEqualTo("TypeError");
		this.browser.complaints().removeIf((line) -> line.contains("TrustedHTML"));
	}

	@Test
	void keyIsOfOneRecipientAndIsForgotten() {
		open("/books");
		signIn(ENVIRONMENT.merchant.getAccountId(), "wrong");
		this.browser.awaitText("#problem", "does not know this key");
		signIn(ENVIRONMENT.otherMerchant.getAccountId(), KEY);
		this.browser.awaitText("#problem", "not for this address");
		assertThat(this.browser.evaluate("return document.activeElement.id")).isEqualTo("key");
		signIn(ENVIRONMENT.merchant.getAccountId(), KEY);
		this.browser.awaitCount("#calls tbody tr", 6);
		assertThat(this.browser.evaluate("return document.activeElement.id")).isEqualTo("sums-heading");
		assertThat(this.browser.evaluate("return document.getElementById('key').value")).isEqualTo("");
		assertThat(this.browser.evaluate("return localStorage.length + sessionStorage.length + document.cookie.length"))
			.isEqualTo(0L);
		this.browser.click("Look for changes");
		this.browser.awaitText("#state", "6 calls, as of");
		this.browser.click("Forget the key");
		this.browser.awaitCount("#calls tbody tr", 0);
		assertThat(this.browser.text("main")).doesNotContain(confirmed);
		this.browser.reload();
		assertThat(this.browser.evaluate("return document.getElementById('key').value")).isEqualTo("");
	}

	@Test
	void pageIsTheSameForAllAndMayBeLeftOut() {
		open("/books");
		Reply page = ENVIRONMENT.client.get("/books");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'")
			.doesNotContain("unsafe");
		assertThat(page.header("ETag")).matches("\"[0-9a-f]{64}\"");
		assertThat(ENVIRONMENT.client.get("/books/books.js").header("Content-Type")).startsWith("text/javascript");
		assertThat(ENVIRONMENT.client.get("/books/../x402/facilitator/books/books.js").status()).isEqualTo(404);
		assertThat(ENVIRONMENT.client.get("/books/books.html").status()).isEqualTo(404);
		assertThat(ENVIRONMENT.client.postText("/books", "{}").status()).isEqualTo(405);
		try (FacilitatorEnvironment without = FacilitatorEnvironment.open(Map.of("facilitator.books.page", "false"))) {
			assertThat(without.client.get("/books").status()).isEqualTo(404);
			assertThat(without.client.get("/books/books.js").status()).isEqualTo(404);
			assertThat(without.client.get("/health").status()).isEqualTo(200);
		}
	}

	@Test
	void pageKnowsTheAssetsOfTheNetworks() {
		open("/books");
		String script = new String(ENVIRONMENT.client.get("/books/money.js").response().body());
		for (Network network : Network.values()) {
			assertThat(script).contains("\"" + network.id() + " " + Asset.usdc(network).id() + "\": \"USDC\"");
		}
	}

	private void open(String path) {
		this.browser.open(ENVIRONMENT.server().url() + path);
	}

	private void open(String recipient, String key) {
		open("/books");
		signIn(recipient, key);
		this.browser.awaitText("#state", "as of");
		Eventually.isTrue(() -> !this.browser.texts("#calls tbody tr").isEmpty());
	}

	private void signIn(String recipient, String key) {
		this.browser.type("recipient", recipient);
		this.browser.type("key", key);
		this.browser.click("Open the books");
	}

	private void select(String id, String value) {
		this.browser.evaluate("""
				document.getElementById('%1$s').value = '%2$s';
				document.getElementById('%1$s').dispatchEvent(new Event('input', { bubbles: true }))""".formatted(id,
				value));
	}

	private String saved() {
		Eventually.isTrue(() -> this.browser.evaluate("return window.saved") != null);
		return String.valueOf(this.browser.evaluate("return window.saved"));
	}

	private String sum(String name) {
		return this.browser.text("[data-sum='" + name + "']");
	}

	private static BigInteger baseUnits(String shown) {
		assertThat(shown).endsWith(" USDC");
		return new BigDecimal(shown.replace(" USDC", "")).movePointRight(7).toBigIntegerExact();
	}

	private static BigInteger sumOfTheApi(String status) {
		JsonNode page = ENVIRONMENT.client.with("Bearer " + KEY)
			.get("/settlements?limit=1000&recipient=" + ENVIRONMENT.merchant.getAccountId())
			.body();
		return page.at("/settlements")
			.valueStream()
			.filter((entry) -> entry.at("/status").asString().equals(status))
			.map((entry) -> new BigInteger(entry.at("/amount").asString()))
			.reduce(BigInteger.ZERO, BigInteger::add);
	}

}
