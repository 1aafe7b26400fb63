package io.github.x402sessions.servlet.challenge;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.ResourceUrl;
import io.github.x402sessions.core.challenge.ResponseBody;
import io.github.x402sessions.core.gate.UnpayableRouteException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.Container;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.PaymentFilterBuilder;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import io.github.x402sessions.servlet.Storefront;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the filter itself says, to browsers and to programs, on every container.
 */
@ParameterizedClass
@EnumSource
class FilterResponsesTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static final String EVIL = "<script>alert('1')</script>\"&\u0000";

	@Parameter
	Container.Kind kind;

	private final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private Storefront shop;

	@AfterEach
	void close() {
		if (this.shop != null) {
			this.shop.close();
			this.shop = null;
		}
	}

	@Test
	void browsersGetAPageThatSaysWhatIsAskedAndHowToPay() throws Exception {
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold", "Accept", BROWSER);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(header(response, "Content-Type").replace(" ", "")).isEqualToIgnoringCase("text/html;charset=utf-8");
		assertThat(response.body()).contains("A reply", "0.1 USDC", PaidContainer.TERMS.asset(),
				PaidContainer.TERMS.network(), PaidContainer.TERMS.payTo(), "PAYMENT-SIGNATURE", "open a session");
		assertThat(response.body()).doesNotContain("<link", "url(", "not accepted")
			.doesNotContainPattern("<[^>]* src=");
		assertThat(PaidContainer.challenge(response).accepts()).containsExactly(PaidContainer.TERMS);
		assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
		assertThat(header(response, "Access-Control-Expose-Headers")).contains(PaymentHeader.REQUIRED);
	}

	@Test
	void aPageWithoutAScriptMayLoadItsOwnStyleAndNothingElse() throws Exception {
		open(Storefront.route("session", "A reply"), (builder) -> builder.page(PayPage.WITHOUT_SCRIPT));
		HttpResponse<String> response = this.shop.get("/sold", "Accept", BROWSER);
		Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(response.body());
		assertThat(style.find()).isTrue();
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
		assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'; ")
			.contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
			.doesNotContain("unsafe");
		assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(response.body()).doesNotContain("<script", "src=").contains("A browser alone cannot pay");
	}

	@Test
	void thePageMayRunItsOwnScriptsAndCallItsFacilitator() throws Exception {
		this.facilitator.extra = Map.of("facilitatorUrl", "https://facilitator.example:4021/base");
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold", "Accept", BROWSER);
		Matcher policy = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")
			.matcher(response.body());
		assertThat(policy.find()).isTrue();
		String rules = policy.group(1).replace("&#39;", "'");
		assertThat(rules).contains("default-src 'none'; ", "connect-src 'self' https://facilitator.example:4021; ")
			.doesNotContain("unsafe");
		String after = response.body().substring(policy.end());
		Matcher scripts = Pattern
			.compile("<(?:script|script type=\"module\"|style)>(.*?)</(?:script|style)>", Pattern.DOTALL)
			.matcher(after);
		int count = 0;
		while (scripts.find()) {
			count++;
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
			assertThat(rules).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
		}
		assertThat(count).isEqualTo(3);
		assertThat(header(response, "Content-Security-Policy")).isEqualTo("frame-ancestors 'none'");
		assertThat(after).as("what was paid for swallows all of it").doesNotContain("-->");
	}

	@Test
	void onlyWhatIsGotIsPaidOnThePage() throws Exception {
		this.facilitator.extra = Map.of("facilitatorUrl", "https://facilitator.example:4021/base");
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.send("POST", "/sold", "Accept", BROWSER);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).contains("A browser alone cannot pay").doesNotContain("<script");
	}

	@Test
	void whatThePageIsToldEndsNoScript() throws Exception {
		this.facilitator.extra = Map.of("facilitatorUrl", "https://facilitator.example:4021/base");
		open(Storefront.route("session", EVIL),
				(builder) -> builder.page(new PayPage(true, EVIL.replace("\u0000", ""), null, null, null)));
		String body = this.shop.get("/sold", "Accept", BROWSER).body();
		assertThat(body).doesNotContain("<script>alert", "\u0000")
			.contains("<header><span>&lt;script&gt;alert(", "\\u003cscript\\u003ealert(");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/json, text/html", "application/json, */*;q=0.1" })
	void programsGetJson(String accept) throws Exception {
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold", "Accept", accept);
		assertThat(header(response, "Content-Type")).startsWith("application/json");
		assertThat(WireJson.read(response.body().getBytes(StandardCharsets.UTF_8), PaymentRequired.class))
			.isEqualTo(PaidContainer.challenge(response));
		assertThat(header(response, "Vary")).isEqualTo("Accept");
		assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@Test
	void thePageSaysWhyAndEscapesEverything() throws Exception {
		this.facilitator.verdict = VerifyResponse.invalid(EVIL, null);
		open(Storefront.route("session", EVIL), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold?" + "%3Cscript%3E", "Accept", BROWSER,
				PaymentHeader.SIGNATURE, PaidContainer.payment());
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).doesNotContain("<script", "\u0000")
			.contains("not accepted: <code>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp; </code>");
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo(EVIL);
	}

	@Test
	void aFailedSettlementIsAPageToo() throws Exception {
		this.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold", "Accept", BROWSER, PaymentHeader.SIGNATURE,
				PaidContainer.payment());
		assertThat(response.body()).startsWith("<!DOCTYPE html>").contains("cap_exceeded");
	}

	@Test
	void theApplicationWritesItsOwnBodiesAndKeepsOurHeaders() throws Exception {
		this.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		open(Storefront.route("session", "A reply"),
				(builder) -> builder
					.challengeBody((request, route, required,
							failure) -> text("pay for " + route.name() + " on " + request.getRequestURI()))
					.failedSettlementBody((request, route, required, failure) -> text(
							"sorry: " + ((failure != null) ? failure.errorReason() : "") + " " + required.error())));
		HttpResponse<String> unpaid = this.shop.get("/sold", "Accept", BROWSER);
		assertThat(unpaid.body()).isEqualTo("pay for /sold on /shop/sold");
		assertThat(header(unpaid, "Content-Type")).startsWith("text/plain");
		assertThat(PaidContainer.challenge(unpaid).accepts()).hasSize(1);
		assertThat(header(unpaid, "Cache-Control")).isEqualTo("no-store");
		HttpResponse<String> failed = this.shop.pay();
		assertThat(failed.statusCode()).isEqualTo(402);
		assertThat(failed.body()).isEqualTo("sorry: cap_exceeded cap_exceeded");
		assertThat(PaidContainer.receipt(failed).success()).isFalse();
	}

	@Test
	void theResourceIsOnThePublicBaseWhateverTheHostSays() throws Exception {
		open(Storefront.route("session", "A reply"),
				(builder) -> builder.publicBaseUrl(URI.create("https://shop.example/gateway/")));
		assertThat(PaidContainer.challenge(this.shop.get("/sold/%C3%A9;a=b?q=1&r=%20")).resource().url())
			.isEqualTo("https://shop.example/gateway/shop/sold/%C3%A9;a=b?q=1&r=%20");
		assertThat(PaidContainer.challenge(this.shop.get("/sold")).resource().url())
			.isEqualTo("https://shop.example/gateway/shop/sold");
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop.example", "/shop", "ftp://shop.example", "https://u:p@shop.example",
			"https://shop.example?x=1", "https://shop.example#x", "https:///x" })
	void thePublicBaseIsChecked(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> ResourceUrl.on(URI.create(url)))
			.withMessageContaining("publicBaseUrl");
	}

	@Test
	void aRouteThatNobodyCanPayIsAProblem() throws Exception {
		open(Storefront.route("exact", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.pay();
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
		assertThat(header(response, "Retry-After")).isEqualTo("5");
		assertThat(response.body()).contains("\"type\":\"urn:x402-sessions:problem:route-not-payable\"");
		assertThat(response.headers().firstValue(PaymentHeader.REQUIRED)).isEmpty();
	}

	@Test
	void aStrictStartFailsInstead() {
		assertThatExceptionOfType(UnpayableRouteException.class)
			.isThrownBy(() -> open(Storefront.route("exact", "A reply"), (builder) -> builder.strictStart(true)))
			.withMessageContaining("route '/sold' cannot be paid");
	}

	@Test
	void termsThatFitAreSentUpToTheContainersLimit() throws Exception {
		for (int length = 4000; length < 6500; length += 250) {
			this.facilitator.extra = Map.of("note", "x".repeat(length));
			open(Storefront.route("session", "A reply"), (builder) -> builder);
			HttpResponse<String> response = this.shop.get("/sold");
			assertThat(response.statusCode()).as("extra of " + length).isIn(402, 500);
			if (response.statusCode() == 402) {
				assertThat(PaidContainer.challenge(response).accepts().get(0).extra())
					.isEqualTo(this.facilitator.extra);
			}
			else {
				assertThat(length).isGreaterThan(4500);
				assertThat(response.body()).contains("urn:x402-sessions:problem:challenge-too-large");
			}
			close();
		}
	}

	@Test
	void termsThatCannotBeSentAreAProblem() throws Exception {
		this.facilitator.extra = Map.of("note", "x".repeat(8000));
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold", "Accept", BROWSER);
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("urn:x402-sessions:problem:challenge-too-large");
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
	}

	@Test
	void termsThatCanNeverBeSentStopTheStart() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> open(Storefront.route("session", "x".repeat(6000)), (builder) -> builder))
			.withMessageStartingWith("the terms of route '/sold' do not fit into the response headers: ");
	}

	@Test
	void aUrlThatCannotBeSentBackIsTheClientsProblem() throws Exception {
		open(Storefront.route("session", "A reply"), (builder) -> builder);
		HttpResponse<String> response = this.shop.get("/sold/" + "x".repeat(6500));
		assertThat(response.statusCode()).isEqualTo(414);
		assertThat(response.body()).contains("urn:x402-sessions:problem:request-target-too-long");
		assertThat(this.shop.get("/sold/" + "x".repeat(1000)).statusCode()).isEqualTo(402);
	}

	@Test
	void theLimitIsChecked() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> open(Storefront.route("session", "x"), (builder) -> builder.maxResponseHeaderSize(1023)));
	}

	private void open(PricedRoute route, UnaryOperator<PaymentFilterBuilder> configure) throws Exception {
		this.shop = new Storefront(this.kind, this.facilitator, route, configure);
	}

	private static ResponseBody text(String text) {
		return ResponseBody.of("text/plain;charset=UTF-8", text);
	}

	private static String header(HttpResponse<?> response, String name) {
		return String.join(", ", response.headers().allValues(name));
	}

}
