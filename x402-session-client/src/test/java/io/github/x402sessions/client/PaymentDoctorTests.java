package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.x402sessions.client.diagnosis.CheckResult;
import io.github.x402sessions.client.diagnosis.Diagnosis;
import io.github.x402sessions.client.diagnosis.DiagnosisPlan;
import io.github.x402sessions.client.diagnosis.PaymentDoctor;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.options;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of payments that would work, and of those that would not.
 */
class PaymentDoctorTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private static final PaidEnvironment environment = PaidEnvironment.shared();

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private static final URI NOBODY = URI.create("http://127.0.0.1:9");

	private final PaymentDoctor doctor = PaymentDoctor.of(Duration.ofSeconds(10), Clock.systemUTC());

	private final DiagnosisPlan plan = DiagnosisPlan.of(Network.STELLAR_TESTNET, USDC)
		.withServices(null, null, environment.devnet.rpcUri());

	private Map<String, @Nullable Object> way = new LinkedHashMap<>();

	private Map<String, @Nullable Object> extensions = Map.of();

	@BeforeEach
	void terms() {
		this.way.putAll(Map.of("scheme", "session", "network", "stellar:testnet", "amount", "100000", "asset",
				USDC.id(), "payTo", environment.merchant, "maxTimeoutSeconds", 300, "extra",
				Map.of("facilitatorUrl", environment.facilitatorUrl().toString())));
	}

	@Test
	void aPaymentThatWorksIsSaidToAndNotMade() {
		int served = environment.served.get();
		SessionSigner payer = environment.account();
		BigInteger before = environment.usdc(payer.accountId());
		Diagnosis found = this.doctor.examine(request(environment.uri("/tea")),
				this.plan.withAccount(payer.accountId(), BigInteger.valueOf(10_000_000)));
		assertThat(found.isPayable()).as("%s", found).isTrue();
		assertThat(found.results()).extracting(CheckResult::level).containsOnly(CheckResult.Level.OK);
		assertThat(texts(found)).contains("answers 402 by x402 version 2, 1 way to pay: Tea",
				"1: session on stellar:testnet, 0.01 USDC to " + environment.merchant, "the one that would be taken",
				"it takes session on stellar:testnet at this price, and pays the fees", "is well, by its own word",
				"is at ledger ", "its reserve", "it can spend 100 USDC", environment.merchant + " can be paid in USDC",
				"has the time of the server, the facilitator, the ledger");
		assertThat(environment.usdc(payer.accountId())).isEqualTo(before);
		assertThat(environment.served).hasValue(served);
	}

	@Test
	void payersThatCannotPayAreTold() throws Exception {
		SessionSigner left = environment.account();
		environment.leave(left);
		assertThat(failures(shop(), this.plan.withAccount(left.accountId(), null)))
			.contains(left.accountId() + " has no trustline for USDC", "open one in its wallet");
		String nobody = SessionSigner.random().accountId();
		assertThat(failures(shop(), this.plan.withAccount(nobody, null))).contains(nobody + " does not exist",
				"send it lumens");
		String payer = environment.account().accountId();
		this.way.put("amount", "1000000001");
		assertThat(failures(shop(), this.plan.withAccount(payer, null)))
			.contains("it can spend 100 USDC, and a call costs 100.0000001 USDC");
		this.way.put("amount", "100000");
		assertThat(failures(shop(), this.plan.withAccount(payer, BigInteger.TEN))).contains("raise the cap");
		assertThat(failures(shop(), this.plan.withAccount(null, BigInteger.TEN)))
			.contains("at most 0.000001 USDC is to be spent, and a call costs 0.01 USDC");
		Diagnosis warned = examine(shop(), this.plan.withAccount(payer, BigInteger.valueOf(2_000_000_000)));
		assertThat(warned.isPayable()).isTrue();
		assertThat(texts(warned)).contains("which is less than the cap of 200 USDC");
		assertThat(texts(examine(shop(), this.plan))).contains("no account was named");
	}

	@Test
	void recipientsThatCannotBePaidAreTold() {
		String stranger = SessionSigner.random().accountId();
		this.way.put("payTo", stranger);
		assertThat(failures(shop(), this.plan)).contains(stranger + " has no trustline for USDC");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					200 | text/plain       | goods                                        | answers 200, not 402. there is nothing to pay for
					302 | text/plain       | gone                                         | it has moved: call https://elsewhere.example/
					404 | text/plain       | no                                           | there is no such path
					405 | text/plain       | no                                           | another method
					401 | text/plain       | no                                           | who calls
					503 | text/plain       | no                                           | it is away, or its facilitator is
					402 | application/json | {"x402Version":1,"accepts":[]}               | by x402 version 1 only
					402 | application/json | {"x402Version":2,"accepts":[]}               | with its terms in the body only
					402 | text/html        | <html>Pay!</html>                            | with a page for people only
					402 | text/plain       | pay                                          | does not say how to pay
					""")
	void whatIsNoChallengeIsToldForWhatItIs(int status, String type, String body, String told) {
		Diagnosis found = examine(aResponse().withStatus(status)
			.withHeader("Content-Type", type)
			.withHeader("Location", "https://elsewhere.example/")
			.withBody(body), this.plan);
		assertThat(found.isPayable()).isFalse();
		assertThat(texts(found)).contains(told);
	}

	@Test
	void aChallengeThatCannotBeReadIsTold() {
		assertThat(failures(aResponse().withStatus(402).withHeader(PaymentHeader.REQUIRED, "%%%"), this.plan))
			.contains("cannot be used: not base64");
		this.way.remove("payTo");
		assertThat(failures(shop(), this.plan)).contains("cannot be used", "mend it");
	}

	@Test
	void termsThatCannotBeMetAreTold() {
		this.way.put("network", "eip155:8453");
		assertThat(failures(shop(), this.plan))
			.contains("none of its ways to pay is by session or exact on stellar:testnet with USDC");
		this.way.put("network", "stellar:testnet");
		this.way.put("amount", "0");
		assertThat(failures(shop(), this.plan)).contains("its amount is no whole number above 0");
		this.way.put("amount", "1");
		this.way.put("payTo", environment.merchant.substring(1) + "A");
		assertThat(failures(shop(), this.plan)).contains("its recipient is no address of its network");
		this.way.put("payTo", environment.merchant);
		this.way.put("scheme", "exact");
		assertThat(failures(shop(), this.plan)).contains("does not pay the fees of exact");
	}

	@Test
	void transfersMayGoToAccountsThatManyShare() {
		this.way.putAll(Map.of("scheme", "exact", "payTo",
				"MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK", "extra",
				Map.of("areFeesSponsored", true)));
		Diagnosis found = examine(shop(), this.plan);
		assertThat(found.isPayable()).as("%s", found).isTrue();
		assertThat(texts(found)).contains("it is the server's business", "an account that many share");
	}

	@Test
	void facilitatorsThatDoNotTakeItAreTold() {
		server.stubFor(get("/f/supported").willReturn(
				okJson("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"stellar:testnet\"}]}")));
		DiagnosisPlan named = this.plan.withServices(URI.create(server.baseUrl() + "/f"), null,
				environment.devnet.rpcUri());
		assertThat(failures(shop(), named))
			.contains("does not take session on stellar:testnet, but [exact on stellar:testnet]");
		server.stubFor(get("/f/supported").willReturn(okJson(
				"{\"kinds\":[{\"x402Version\":2,\"scheme\":\"session\",\"network\":\"stellar:testnet\",\"extra\":{\"limits\":{\"maxAmount\":\"99999\"}}}]}")));
		assertThat(failures(shop(), named)).contains("takes no payment above 0.0099999");
		server.stubFor(get("/f/supported").willReturn(
				okJson("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"session\",\"network\":\"stellar:testnet\"}]}")));
		assertThat(failures(shop(), named)).contains("does not say who would spend");
		server.stubFor(get("/f/supported").willReturn(aResponse().withStatus(401)));
		assertThat(failures(shop(), named)).contains("answers /supported with 401");
		server.stubFor(get("/f/health").willReturn(aResponse().withStatus(503)));
		assertThat(texts(examine(shop(), named))).contains("is not well, by its own word (503)");
		server.stubFor(get("/f/health").willReturn(okJson("{\"ok\":false,\"error\":\"no lumens\"}").withStatus(503)));
		assertThat(failures(shop(), named)).contains("settles nothing, by its own word: no lumens");
		assertThat(failures(shop(), this.plan.withServices(NOBODY, null, environment.devnet.rpcUri())))
			.contains("127.0.0.1:9 takes no connection");
		this.way.put("extra", Map.of());
		assertThat(failures(shop(), this.plan)).contains("does not name its facilitator");
	}

	/** A server believes what its facilitator said some minutes ago. */
	@Test
	void aServerThatKnowsAnotherSpenderIsTold() {
		String before = SessionSigner.random().accountId();
		this.way.put("extra", Map.of("facilitatorUrl", environment.facilitatorUrl().toString(), "spender", before));
		assertThat(failures(shop(), this.plan))
			.contains("now, and the server's terms still say " + before,
					"restart the server, or wait until it asks its facilitator anew", "refresh-interval")
			.doesNotContain("name the facilitator");
		this.way.put("extra", Map.of("facilitatorUrl", "http://localhost:1/other", "spender", before));
		assertThat(failures(shop(), this.plan.withServices(environment.facilitatorUrl(), null, null)))
			.contains("name the facilitator that settles for this server");
		String now = environment.spender;
		this.way.put("extra", Map.of("facilitatorUrl", environment.facilitatorUrl().toString(), "spender", before,
				"otherSpenders", List.of(now)));
		assertThat(examine(shop(), this.plan).isPayable()).as("sessions of either pay").isTrue();
	}

	@Test
	void aSpenderThatCannotPayFeesIsTold() {
		String nobody = SessionSigner.random().accountId();
		server.stubFor(get("/f/supported").willReturn(
				okJson("""
						{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet","extra":{"spender":"%s","areFeesSponsored":true}}]}
						"""
					.formatted(nobody))));
		DiagnosisPlan named = this.plan.withServices(URI.create(server.baseUrl() + "/f"), null,
				environment.devnet.rpcUri());
		assertThat(failures(shop(), named)).contains(nobody + ", by which the facilitator settles, does not exist",
				"its operator has to send it lumens");
	}

	/** Or a server could send those who ask into networks of theirs. */
	@ParameterizedTest
	@CsvSource({ "http://10.0.0.1/f", "https://192.168.1.1", "http://public.example", "https://user@public.example",
			"file:///etc/passwd", "https://public.example?to=1", "not a url", "https://public.example:99999",
			"http://localhost:99999", "ftp://localhost/f", "mcp://localhost" })
	void facilitatorsOfAServersWordAreNotAllAsked(String named) {
		this.way.put("extra", Map.of("facilitatorUrl", named));
		Diagnosis found = examine(shop(), this.plan);
		assertThat(texts(found)).contains("which is not asked on its word");
	}

	@Test
	void theLedgerHasToBeTheRightOneAndThere() {
		DiagnosisPlan pubnet = DiagnosisPlan.of(Network.STELLAR_PUBNET, Asset.usdc(Network.STELLAR_PUBNET))
			.withServices(null, environment.devnet.rpcUri(), null);
		assertThat(failures(shop(), pubnet)).contains("serves 'Test SDF Network ; September 2015', not stellar:pubnet");
		assertThat(failures(shop(), this.plan.withServices(null, NOBODY, null))).contains("127.0.0.1:9");
	}

	/** Payments go through the facilitator's. */
	@Test
	void aNodeThatNobodyNeedsMayBeAway() {
		DiagnosisPlan local = this.plan.withServices(null, null, NOBODY);
		Diagnosis found = examine(shop(), local);
		assertThat(found.isPayable()).as("%s", found).isTrue();
		assertThat(found.results()).anySatisfy((result) -> {
			assertThat(result.level()).isEqualTo(CheckResult.Level.WARN);
			assertThat(result.text()).contains("127.0.0.1:9", "the accounts are not looked at");
		});
		server.stubFor(any(urlPathMatching("/rpc")).withRequestBody(matchingJsonPath("$.method", equalTo("getNetwork")))
			.willReturn(aResponse().withBody(WireJson.write(Map.of("jsonrpc", "2.0", "id", 1, "result",
					Map.of("passphrase", Network.STELLAR_TESTNET.passphrase()))))));
		URI blocking = URI.create(server.baseUrl() + "/rpc");
		assertThat(examine(shop(), this.plan.withServices(null, null, blocking)).isPayable()).isTrue();
		assertThat(failures(shop(), this.plan.withServices(null, blocking, null))).contains("/rpc");
		this.way.putAll(Map.of("scheme", "exact", "extra", Map.of("areFeesSponsored", true)));
		assertThat(failures(shop(), local)).contains("127.0.0.1:9");
	}

	/** Who opens a session there sends the approval. */
	@Test
	void theNodeIsNeededWhereTheFacilitatorPaysNoFees() {
		server.stubFor(get("/f/supported").willReturn(okJson("""
				{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet","extra":{"spender":"%s"}}]}
				""".formatted(environment.merchant))));
		assertThat(failures(shop(), this.plan.withServices(URI.create(server.baseUrl() + "/f"), null, NOBODY)))
			.contains("127.0.0.1:9");
	}

	@Test
	void clocksThatDifferAreTold() {
		Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(100));
		assertThat(texts(examine(shop(), this.plan, fast))).contains("s ahead of the facilitator", "by NTP", "s old");
		Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-100));
		assertThat(texts(examine(shop(), this.plan, slow))).contains("s behind the facilitator", "s behind the ledger");
	}

	@Test
	void signedOffersThatAreOverAreTold() {
		Map<String, Object> terms = Map.of("version", 1, "resourceUrl", "https://shop.example/", "scheme", "session",
				"network", "stellar:testnet", "asset", USDC.id(), "payTo", environment.merchant, "amount", "100000",
				"validUntil", 1_700_000_000);
		this.extensions = Map.of("offer-receipt", Map.of("info",
				Map.of("offers", List.of(Map.of("format", "eip712", "signature", "0x00", "payload", terms)))));
		assertThat(texts(examine(shop(), this.plan))).contains("signed offer 1 was good until 2023-11-14T22:13:20Z");
	}

	@Test
	void browsersSeeWhatTheyAreAllowedTo() {
		DiagnosisPlan page = this.plan.withPageOrigin(URI.create("HTTPS://Page.example:443/shop"));
		assertThat(texts(examine(shop(), page)))
			.contains("a page of https://page.example may not send PAYMENT-SIGNATURE");
		server.stubFor(options(anyUrl()).willReturn(aResponse().withStatus(204)
			.withHeader("Access-Control-Allow-Origin", "https://page.example")
			.withHeader("Access-Control-Allow-Headers", "payment-signature")));
		assertThat(texts(this.doctor.examine(request(URI.create(server.baseUrl() + "/shop")), page)))
			.contains("does not see PAYMENT-REQUIRED and PAYMENT-RESPONSE");
		letIn();
		assertThat(texts(this.doctor.examine(request(URI.create(server.baseUrl() + "/shop")), page))).contains(
				"a page of https://page.example may pay",
				"a page of https://page.example may open sessions at the facilitator");
	}

	/** Browsers join them. */
	@Test
	void headersOfSeveralLinesAreRead() {
		DiagnosisPlan page = this.plan.withPageOrigin(URI.create("http://page.example:8081"));
		server.stubFor(options(anyUrl()).willReturn(aResponse().withStatus(204)
			.withHeader("Access-Control-Allow-Origin", "http://page.example:8081")
			.withHeader("Access-Control-Allow-Headers", "x-total", "payment-signature")));
		ResponseDefinitionBuilder answer = shop().withHeader("Access-Control-Allow-Origin", "*")
			.withHeader("Access-Control-Expose-Headers", "X-Total", "PAYMENT-REQUIRED, PAYMENT-RESPONSE")
			.withHeader("Cache-Control", "private", "no-store");
		assertThat(texts(examine(answer, page))).contains("a page of http://page.example:8081 may pay")
			.doesNotContain("may be cached");
		answer = shop().withHeader("Access-Control-Allow-Origin", "*", "http://page.example:8081")
			.withHeader("Access-Control-Expose-Headers", "*");
		assertThat(texts(examine(answer, page))).contains("does not see the answer");
	}

	@Test
	void methodsAndHeadersThatPagesMayNotSendAreTold() {
		DiagnosisPlan page = this.plan.withPageOrigin(URI.create("https://page.example"));
		letIn();
		HttpRequest put = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/shop"))
			.method("PUT", HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		assertThat(texts(this.doctor.examine(put, page))).contains("https://page.example may not send PUT requests");
		HttpRequest typed = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/shop"))
			.header("Content-Type", "application/json")
			.header("Accept", "text/csv")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		assertThat(texts(this.doctor.examine(typed, page))).contains("https://page.example may not send content-type")
			.doesNotContain("accept");
		server.stubFor(options(anyUrl()).willReturn(aResponse().withStatus(200)
			.withHeader("Access-Control-Allow-Origin", "*")
			.withHeader("Access-Control-Allow-Methods", "GET,PUT")
			.withHeader("Access-Control-Allow-Headers", "*")));
		assertThat(texts(this.doctor.examine(put, page))).contains("https://page.example may pay");
		assertThat(texts(this.doctor.examine(typed, page))).contains("https://page.example may pay");
	}

	@Test
	void facilitatorsThatPagesMayNotCallAreTold() {
		DiagnosisPlan page = this.plan.withPageOrigin(URI.create("https://page.example"))
			.withServices(URI.create(server.baseUrl() + "/f/"), null, environment.devnet.rpcUri());
		letIn();
		server.stubFor(options(urlEqualTo("/f/sessions/quote")).willReturn(aResponse().withStatus(403)));
		assertThat(texts(this.doctor.examine(request(URI.create(server.baseUrl() + "/shop")), page)))
			.contains("may pay", "may not open sessions at the facilitator, " + server.baseUrl() + "/f/");
		server.stubFor(options(urlEqualTo("/f/sessions/quote")).willReturn(aResponse().withStatus(200)
			.withHeader("Access-Control-Allow-Origin", "https://page.example")
			.withHeader("Access-Control-Allow-Headers", "content-type")));
		assertThat(texts(this.doctor.examine(request(URI.create(server.baseUrl() + "/shop")), page)))
			.contains("does not see the ledger at the facilitator");
		server.stubFor(get("/f/ledger").willReturn(okJson("{}").withHeader("Access-Control-Allow-Origin", "*")));
		assertThat(texts(this.doctor.examine(request(URI.create(server.baseUrl() + "/shop")), page)))
			.contains("may open sessions at the facilitator");
	}

	/** A page of anywhere may call the shop, by what pages may send unasked. */
	private void letIn() {
		server.stubFor(any(urlEqualTo("/shop")).willReturn(shop().withHeader("Access-Control-Allow-Origin", "*")
			.withHeader("Access-Control-Expose-Headers", "PAYMENT-REQUIRED, PAYMENT-RESPONSE")));
		server.stubFor(options(urlEqualTo("/shop")).willReturn(aResponse().withStatus(204)
			.withHeader("Access-Control-Allow-Origin", "*")
			.withHeader("Access-Control-Allow-Headers", "payment-signature")));
	}

	/** Terminals do what texts of strangers say. */
	@Test
	void textsOfStrangersAreHarmlessAndShort() {
		String nasty = "\u001b[2J\u0007\u202e\n" + "x".repeat(5000);
		this.extensions = Map.of(nasty, nasty);
		for (String member : List.of("scheme", "network", "asset", "payTo")) {
			Object kept = this.way.put(member, nasty);
			assertHarmless(examine(shop(), this.plan));
			this.way.put(member, kept);
		}
		this.way.put("extra", Map.of("facilitatorUrl", nasty, "spender", nasty));
		assertHarmless(examine(shop(), this.plan));
		assertHarmless(examine(aResponse().withStatus(302).withHeader("Location", "https://a/%1b" + "y".repeat(5000)),
				this.plan));
		server.stubFor(any(urlPathMatching("/rpc")).willReturn(aResponse().withStatus(200)
			.withBody(WireJson
				.write(Map.of("jsonrpc", "2.0", "id", 1, "result", Map.of("passphrase", nasty, "latestLedger", 1))))));
		assertHarmless(examine(shop(), this.plan.withServices(null, URI.create(server.baseUrl() + "/rpc"), null)));
	}

	@Test
	void whatNobodyAnswersIsToldAsThat() {
		Diagnosis found = this.doctor.examine(request(URI.create(NOBODY + "/quote?token=hidden")),
				this.plan.withServices(null, NOBODY, null));
		assertThat(found.answered()).isFalse();
		assertThat(texts(found)).contains("http://127.0.0.1:9/quote?… takes no connection").doesNotContain("hidden");
		found = this.doctor.examine(request(URI.create("http://127.0.0.1:99999/quote")), this.plan);
		assertThat(texts(found)).contains("http://127.0.0.1:99999/quote has a URL that cannot be called");
		assertThat(examine(shop(), this.plan).answered()).isTrue();
		server.verify(0, anyRequestedFor(urlEqualTo("/settle")));
	}

	private static void assertHarmless(Diagnosis found) {
		assertThat(found.results()).allSatisfy((result) -> {
			assertThat(result.text() + result.advice()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
			assertThat(result.text().length()).isLessThan(700);
		});
	}

	private ResponseDefinitionBuilder shop() {
		return aResponse().withStatus(402)
			.withHeader("Cache-Control", "no-store")
			.withHeader(PaymentHeader.REQUIRED,
					PaymentHeader.encode(Map.of("x402Version", 2, "resource", Map.of("url", server.baseUrl() + "/shop"),
							"accepts", List.of(this.way), "extensions", this.extensions)));
	}

	private Diagnosis examine(ResponseDefinitionBuilder answer, DiagnosisPlan wanted) {
		return examine(answer, wanted, Clock.systemUTC());
	}

	private static Diagnosis examine(ResponseDefinitionBuilder answer, DiagnosisPlan wanted, Clock clock) {
		server.stubFor(get("/shop").willReturn(answer));
		return PaymentDoctor.of(Duration.ofSeconds(10), clock)
			.examine(request(URI.create(server.baseUrl() + "/shop")), wanted);
	}

	private String failures(ResponseDefinitionBuilder answer, DiagnosisPlan wanted) {
		Diagnosis found = examine(answer, wanted);
		assertThat(found.isPayable()).as("%s", found).isFalse();
		return texts(new Diagnosis(
				found.results().stream().filter((result) -> result.level() == CheckResult.Level.FAIL).toList(), true));
	}

	private static HttpRequest request(URI url) {
		return HttpRequest.newBuilder(url).GET().build();
	}

	private static String texts(Diagnosis found) {
		return String.join("\n", found.results().stream().map((one) -> one.text() + ". " + one.advice()).toList());
	}

}
