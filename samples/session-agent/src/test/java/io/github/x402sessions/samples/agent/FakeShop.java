package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.ScenarioMappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.fixtures.Eventually;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

/**
 * A server that sells quotes at 0.01 and is its own facilitator.
 */
public final class FakeShop implements AutoCloseable {

	public static final String ID = "s3cret-session";

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final String spender = SessionSigner.random().accountId();

	private String resource = "http://shop/quote";

	private final String recipient = SessionSigner.random().accountId();

	public FakeShop() {
		this.server.start();
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(9).willReturn(challenge(facilitatorUrl())));
		this.server.stubFor(WireMock.get("/supported")
			.willReturn(okJson("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"session\",\"network\":\"stellar:testnet\","
					+ "\"extra\":{\"spender\":\"" + this.spender + "\"}}]}")));
		this.server
			.stubFor(WireMock.post("/sessions").willReturn(okJson("{\"sessionId\":\"" + ID + "\"}").withStatus(201)));
		this.server.stubFor(WireMock.get("/sessions/" + ID)
			.willReturn(okJson("{\"cap\":\"500000\",\"spent\":\"200000\",\"expirationLedger\":9}")));
	}

	/** Take sessions with keys, and name what is sold as it is called. */
	public FakeShop takingKeys() {
		return takingKeys(url());
	}

	/** Take sessions with keys, and name what is sold so. */
	public FakeShop takingKeys(String name) {
		this.resource = name;
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(9).willReturn(challenge(facilitatorUrl())));
		this.server.stubFor(WireMock.get("/supported")
			.willReturn(okJson("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"session\",\"network\":\"stellar:testnet\","
					+ "\"extra\":{\"sessionKeys\":true,\"spender\":\"" + this.spender + "\"}}]}")));
		this.server.stubFor(WireMock.post("/sessions").willReturn(keyed()));
		return this;
	}

	private static ResponseDefinitionBuilder keyed() {
		return okJson("{\"sessionId\":\"" + ID + "\",\"sessionKey\":\"{{jsonPath request.body '$.sessionKey'}}\"}")
			.withStatus(201)
			.withTransformers("response-template");
	}

	/** Register sessions, whatever was said before. */
	public FakeShop registeringAgain() {
		this.server.stubFor(WireMock.post("/sessions").atPriority(1).willReturn(keyed()));
		return this;
	}

	/** The keys that were registered, one for each attempt. */
	public List<String> keys() {
		return this.server.findAll(WireMock.postRequestedFor(urlEqualTo("/sessions")))
			.stream()
			.map((request) -> String.valueOf(WireJson.read(request.getBody(), Map.class).get("sessionKey")))
			.toList();
	}

	/** The payloads of what was paid. */
	public List<SessionPayload> payloads() {
		return this.server
			.findAll(WireMock.anyRequestedFor(urlEqualTo("/quote"))
				.withHeader("PAYMENT-SIGNATURE", WireMock.matching(".+")))
			.stream()
			.map((request) -> PaymentHeader.decode(request.getHeader("PAYMENT-SIGNATURE"), PaymentPayload.class, 8192))
			.map((payment) -> SessionPayload.read(payment.payload()))
			.toList();
	}

	/** Sell so many quotes, then say that the cap is reached. */
	public FakeShop selling(int quotes) {
		return selling(quotes, () -> ok("quote"));
	}

	public FakeShop selling(int quotes, Supplier<ResponseDefinitionBuilder> goods) {
		for (int i = 0; i < quotes; i++) {
			this.server.stubFor(paid(i).willSetStateTo("sold" + (i + 1))
				.willReturn(goods.get().withHeader("PAYMENT-RESPONSE", receipt(i))));
		}
		SettleResponse refusal = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		this.server.stubFor(
				paid(quotes).willReturn(challenge(null).withHeader("PAYMENT-RESPONSE", PaymentHeader.encode(refusal))));
		return this;
	}

	/** Sell three quotes on credit: two are settled together, and one is not yet. */
	FakeShop sellingOnCredit() {
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(8)
			.willReturn(challenge("stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET).id(), "100000",
					Map.of("facilitatorUrl", facilitatorUrl(), "settlement", "deferred"), null)));
		for (int i = 0; i < 3; i++) {
			String commitment = commitment(i);
			this.server.stubFor(paid(i).willSetStateTo("sold" + (i + 1))
				.willReturn(ok("quote").withHeader("PAYMENT-RESPONSE", receipt(i, commitment))));
			this.server.stubFor(WireMock.get("/settlements/" + commitment)
				.willReturn(okJson((i == 2) ? "{\"status\":\"committed\",\"amount\":\"100000\"}"
						: "{\"status\":\"confirmed\",\"transaction\":\"" + "ab".repeat(32)
								+ "\",\"ledger\":7,\"amount\":\"100000\"}")));
		}
		this.server.stubFor(WireMock.get("/sessions/" + ID)
			.willReturn(okJson("{\"cap\":\"500000\",\"spent\":\"200000\",\"committed\":\"100000\","
					+ "\"remaining\":\"200000\",\"expirationLedger\":9}")));
		return this;
	}

	/** Sell answers by what they use: one has come to less, one to nothing. */
	FakeShop sellingByTheWord() {
		sellingOnCredit();
		for (int i = 0; i < 2; i++) {
			this.server.stubFor(paid(i).atPriority(1)
				.willSetStateTo("sold" + (i + 1))
				.willReturn(ok("quote").withHeader("PAYMENT-RESPONSE", receipt(i, commitment(i), "held"))));
		}
		String held = "{\"status\":\"held\",\"amount\":\"100000\"}";
		this.server.stubFor(settlement(0).inScenario("end").willSetStateTo("ended").willReturn(okJson(held)));
		this.server.stubFor(settlement(0).inScenario("end")
			.whenScenarioStateIs("ended")
			.willReturn(okJson("{\"status\":\"committed\",\"amount\":\"40000\"}")));
		this.server.stubFor(settlement(1).willReturn(okJson("{\"status\":\"released\",\"amount\":\"0\"}")));
		return this;
	}

	private static MappingBuilder settlement(int sale) {
		return WireMock.get("/settlements/" + commitment(sale)).atPriority(1);
	}

	/** Forget what was promised. */
	FakeShop forgettingIts(int sale) {
		this.server.stubFor(settlement(sale).willReturn(WireMock.notFound()));
		return this;
	}

	static String commitment(int sale) {
		return "cmt_" + "x".repeat(21) + sale;
	}

	FakeShop answering(ResponseDefinitionBuilder answer) {
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(8).willReturn(answer));
		return this;
	}

	/** Refuse every payment as servers do that give their reason in another challenge. */
	FakeShop refusingInTheChallenge(String reason) {
		return paidCallsAnswer(challenge("stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET).id(), "100000",
				facilitatorUrl(), reason));
	}

	FakeShop paidCallsAnswer(ResponseDefinitionBuilder answer) {
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(1)
			.withHeader("PAYMENT-SIGNATURE", WireMock.matching(".+"))
			.willReturn(answer));
		return this;
	}

	/** Ask whoever looks for money, and nobody from the second look on. */
	FakeShop freeAfterTheFirstLook() {
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(3)
			.inScenario("gift")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("free")
			.willReturn(challenge(facilitatorUrl())));
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(3)
			.inScenario("gift")
			.whenScenarioStateIs("free")
			.willReturn(ok("present")));
		return this;
	}

	/** Register sessions, whatever was said before, but only after a while. */
	public FakeShop registeringAfter(Duration delay) {
		this.server.stubFor(WireMock.post("/sessions")
			.atPriority(1)
			.willReturn(
					okJson("{\"sessionId\":\"" + ID + "\"}").withStatus(201).withFixedDelay((int) delay.toMillis())));
		return this;
	}

	/** Be the way to a chain that takes no transactions, and return its URL. */
	public String refusingSendsTo(URI rpc) {
		this.server.stubFor(any(WireMock.urlMatching("/(rpc|friendbot|faucet).*")).atPriority(9)
			.willReturn(aResponse().proxiedFrom(rpc.resolve("/").toString().replaceAll("/$", ""))));
		this.server.stubFor(WireMock.post("/rpc")
			.withRequestBody(WireMock.matchingJsonPath("$.method", WireMock.equalTo("sendTransaction")))
			.willReturn(okJson("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"status\":\"ERROR\","
					+ "\"errorResultXdr\":\"AAAAAAAAAAD////5AAAAAA==\"}}")));
		return this.server.baseUrl() + "/rpc";
	}

	/** Do something while somebody looks at the price. */
	public void whenPriced(Callable<?> work) {
		this.server.addMockServiceRequestListener((request, response) -> {
			if (request.getUrl().equals("/quote")) {
				try {
					work.call();
				}
				catch (Exception ex) {
					throw new AssertionError(ex);
				}
			}
		});
	}

	public void awaitRequest(String path) {
		Eventually.isTrue(() -> !this.server.findAll(WireMock.anyRequestedFor(urlEqualTo(path))).isEmpty());
	}

	/** Leave who pays for another one without an answer. */
	public FakeShop hangingAfter(int sold) {
		this.server.stubFor(
				paid(sold).atPriority(1).willReturn(ok("late").withFixedDelay((int) Duration.ofMinutes(1).toMillis())));
		return this;
	}

	public void awaitPayments(int payments) {
		Eventually.isTrue(() -> payments() == payments);
	}

	public FakeShop refusing(String path) {
		this.server.stubFor(any(urlEqualTo(path)).atPriority(1).willReturn(WireMock.status(400)));
		return this;
	}

	ResponseDefinitionBuilder challenge(String facilitator) {
		return challenge("stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET).id(), "100000", facilitator);
	}

	ResponseDefinitionBuilder challenge(String network, String asset, String price, String facilitator) {
		return challenge(network, asset, price, facilitator, null);
	}

	private ResponseDefinitionBuilder challenge(String network, String asset, String price, String facilitator,
			String error) {
		return challenge(network, asset, price,
				(facilitator != null) ? Map.of("facilitatorUrl", facilitator) : Map.of(), error);
	}

	private ResponseDefinitionBuilder challenge(String network, String asset, String price, Map<String, Object> extra,
			String error) {
		PaymentRequirements asked = new PaymentRequirements("session", network, price, asset, this.recipient, 300,
				extra);
		return aResponse().withStatus(402)
			.withBody("pay")
			.withHeader("PAYMENT-REQUIRED", PaymentHeader
				.encode(PaymentRequired.of(error, new ResourceInfo(this.resource, null, null), List.of(asked))));
	}

	/** Show one price to whoever looks, and another from the second look on. */
	FakeShop raisingThePriceTo(String price) {
		String asset = Asset.usdc(Network.STELLAR_TESTNET).id();
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(4)
			.inScenario("rise")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("risen")
			.willReturn(challenge(facilitatorUrl())));
		this.server.stubFor(any(urlEqualTo("/quote")).atPriority(4)
			.inScenario("rise")
			.whenScenarioStateIs("risen")
			.willReturn(challenge("stellar:testnet", asset, price, facilitatorUrl())));
		return this;
	}

	/** How many requests came with a payment. */
	public int payments() {
		return this.server
			.findAll(WireMock.anyRequestedFor(urlEqualTo("/quote"))
				.withHeader("PAYMENT-SIGNATURE", WireMock.matching(".+")))
			.size();
	}

	/** How many sessions were asked for. */
	int registrations() {
		return this.server.findAll(WireMock.postRequestedFor(urlEqualTo("/sessions"))).size();
	}

	private static ScenarioMappingBuilder paid(int sold) {
		return any(urlEqualTo("/quote")).atPriority(2)
			.withHeader("PAYMENT-SIGNATURE", WireMock.matching(".+"))
			.inScenario("sale")
			.whenScenarioStateIs((sold == 0) ? Scenario.STARTED : "sold" + sold);
	}

	private static String receipt(int sale) {
		return receipt(sale, "hash" + sale);
	}

	private static String receipt(int sale, String transaction) {
		return receipt(sale, transaction, "immediate");
	}

	private static String receipt(int sale, String transaction, String settlement) {
		return PaymentHeader.encode(new SettleResponse(true, null, null, null, transaction, "stellar:testnet",
				(sale == 0) ? "100000" : null,
				Map.of("session", Map.of("remaining", "400000", "settlement", settlement))));
	}

	String facilitatorUrl() {
		return this.server.baseUrl();
	}

	public String url() {
		return this.server.baseUrl() + "/quote";
	}

	String recipient() {
		return this.recipient;
	}

	List<String> bodies() {
		return this.server.findAll(WireMock.anyRequestedFor(urlEqualTo("/quote")))
			.stream()
			.map((request) -> request.getMethod() + " " + request.getHeader("Content-Type") + " "
					+ request.getBodyAsString())
			.distinct()
			.toList();
	}

	List<String> headers(String name) {
		return this.server.findAll(WireMock.anyRequestedFor(urlEqualTo("/quote")))
			.stream()
			.map((request) -> request.getHeader(name))
			.distinct()
			.toList();
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
