package io.github.x402sessions.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

/**
 * An application on a port of its own, with a facilitator that approves of everything.
 */
public final class RunningShop implements AutoCloseable {

	private final WireMockServer facilitator;

	private final boolean ownsFacilitator;

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	public RunningShop(Class<?> application, String... properties) {
		this("{}", application, properties);
	}

	private RunningShop(String extra, Class<?> application, String... properties) {
		this(extra, "", application, properties);
	}

	private RunningShop(String extra, String settlements, Class<?> application, String... properties) {
		this.facilitator = new WireMockServer(wireMockConfig().dynamicPort());
		this.ownsFacilitator = true;
		this.facilitator.start();
		this.facilitator.stubFor(get(urlPathEqualTo("/settlements")).willReturn(okJson("{\"settlements\":[]}")));
		this.facilitator.stubFor(get(urlPathEqualTo("/settlements")).withQueryParam("since", equalTo("latest"))
			.willReturn(okJson("{\"settlements\":[],\"next\":\"1\"}")));
		this.facilitator.stubFor(get(urlPathEqualTo("/settlements")).withQueryParam("since", equalTo("0"))
			.willReturn(okJson("{\"settlements\":[" + settlements + "],\"next\":\"1\"}")));
		this.facilitator.stubFor(get("/supported").willReturn(okJson("""
				{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet","extra":%s}],
				"extensions":["payment-identifier"]}""".formatted(extra))));
		this.facilitator.stubFor(post("/verify").willReturn(okJson("{\"isValid\":true,\"payer\":\"GP\"}")));
		settle();
		this.context = run(application, properties);
	}

	private RunningShop(WireMockServer facilitator, Class<?> application, String... properties) {
		this.facilitator = facilitator;
		this.ownsFacilitator = false;
		this.context = run(application, properties);
	}

	private ConfigurableApplicationContext run(Class<?> application, String... properties) {
		return new SpringApplication(application).run(Stream
			.concat(Stream.of(port(properties), "spring.main.banner-mode=off", "x402.facilitator.url=" + url(),
					"x402.facilitator.start-wait=60s", startCheck(properties), "management.health.redis.enabled=false",
					"x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"), Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new));
	}

	/** Start another instance, before the same facilitator. */
	public RunningShop beside(Class<?> application, String... properties) {
		return new RunningShop(this.facilitator, application, properties);
	}

	private static String port(String... properties) {
		return Stream.of(properties).anyMatch((property) -> property.startsWith("server.port=")) ? "x402.enabled=true"
				: "server.port=0";
	}

	/**
	 * What is verified is counted, so the check at start is made where a test wants it.
	 */
	private static String startCheck(String... properties) {
		boolean wanted = Stream.of(properties).anyMatch((one) -> one.startsWith("x402.facilitator.start-check="));
		return wanted ? "spring.application.name=shop" : "x402.facilitator.start-check=false";
	}

	/** One whose facilitator takes no payment above an amount, base units. */
	static RunningShop limitedTo(long amount, Class<?> application, String... properties) {
		return new RunningShop("{\"limits\":{\"maxAmount\":\"" + amount + "\"}}", application, properties);
	}

	/**
	 * One whose facilitator defers, commits itself once, and shows these settlements.
	 */
	public static RunningShop deferring(String commitment, String settlements, Class<?> application,
			String... properties) {
		RunningShop shop = new RunningShop("{\"deferred\":true}", settlements, application, properties);
		shop.facilitator.stubFor(post("/settle").willReturn(okJson("""
				{"success":true,"payer":"GP","transaction":"%s","network":"stellar:testnet"}"""
			.formatted(commitment))));
		return shop;
	}

	/**
	 * Return the property that leaves out one of the two containers, and all of security.
	 * @param container such as {@code tomcat.autoconfigure.servlet.Tomcat}
	 */
	public static String without(String container) {
		String boot = "org.springframework.boot.";
		String security = boot + "security.autoconfigure.";
		return "spring.autoconfigure.exclude=" + boot + container + "ServletWebServerAutoConfiguration," + security
				+ "actuate.web.servlet.ManagementWebSecurityAutoConfiguration," + security
				+ "web.servlet.SecurityFilterAutoConfiguration," + security
				+ "web.servlet.ServletWebSecurityAutoConfiguration";
	}

	private String url() {
		return this.facilitator.baseUrl();
	}

	/** Return the status, and the asked amount or else the body. */
	public String ask(String path, String... headers) throws IOException, InterruptedException {
		HttpResponse<String> response = send(path, headers);
		String told = response.headers().firstValue(PaymentHeader.REQUIRED).isPresent()
				? challenge(response).accepts().get(0).amount() : response.body();
		return response.statusCode() + " " + told;
	}

	/** Return what a payment for one path buys at another. */
	public String askWithPaymentFor(String priced, String path) throws IOException, InterruptedException {
		return ask(path, PaymentHeader.SIGNATURE, paymentFor(priced));
	}

	public String paymentFor(String priced) throws IOException, InterruptedException {
		return PaymentHeader
			.encode(PaymentPayload.of(null, challenge(send(priced)).accepts().get(0), Map.of("sessionId", "s")));
	}

	public PaymentRequired challenge(String path) throws IOException, InterruptedException {
		return challenge(send(path));
	}

	private static PaymentRequired challenge(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(),
				PaymentRequired.class, 65536);
	}

	public HttpResponse<String> send(String path, String... headers) throws IOException, InterruptedException {
		return method("GET", path, headers);
	}

	HttpResponse<String> submit(String path, String... headers) throws IOException, InterruptedException {
		return method("POST", path, headers);
	}

	public HttpResponse<String> method(String method, String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** The facilitator does not know this server any more. */
	void refuseTheServer() {
		this.facilitator.stubFor(get("/supported").willReturn(unauthorized()));
	}

	/**
	 * The facilitator tells anybody what it supports, and handles no payment of this
	 * server.
	 */
	void refuseItsPayments() {
		this.facilitator.stubFor(post("/verify").willReturn(unauthorized()));
	}

	/**
	 * The facilitator takes payments and does not answer for longer than anybody waits.
	 */
	void hang() {
		this.facilitator.stubFor(post("/verify").willReturn(okJson("{}").withFixedDelay(60_000)));
	}

	/** The facilitator verifies, and lets settlements hang. */
	void hangWhenSettling() {
		this.facilitator.stubFor(post("/settle").willReturn(okJson("{}").withFixedDelay(60_000)));
	}

	/**
	 * The facilitator honours payment identifiers, and its settlements do not come to an
	 * end.
	 */
	public void keepPending() {
		this.facilitator.stubFor(post("/settle").willReturn(okJson(
				"{\"success\":false,\"errorReason\":\"settlement_pending\",\"transaction\":\"\",\"network\":\"stellar:testnet\"}")));
	}

	/** The facilitator settles. */
	public void settle() {
		this.facilitator.stubFor(post("/settle").willReturn(
				okJson("""
						{"success":true,"payer":"GP","transaction":"ab12{{randomValue length=60 type='NUMERIC'}}","network":"stellar:testnet"}""")
					.withTransformers("response-template")));
	}

	/**
	 * The facilitator settles a payment, which whoever asked does not hear of; who asks
	 * again is told that it did.
	 */
	public void settleUnheard() {
		String receipt = "{\"success\":true,\"payer\":\"GP\",\"transaction\":\"" + "ab12".repeat(16)
				+ "\",\"network\":\"stellar:testnet\"%s}";
		this.facilitator.stubFor(post("/settle").inScenario("unheard")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("settled")
			.willReturn(okJson(receipt.formatted("")).withFixedDelay(60_000)));
		this.facilitator.stubFor(post("/settle").inScenario("unheard")
			.whenScenarioStateIs("settled")
			.willReturn(okJson(receipt.formatted(",\"extensions\":{\"payment-identifier\":{\"replayed\":true}}"))));
	}

	/** The facilitator settles, and was not asked for anything yet. */
	public void anew() {
		this.facilitator.resetRequests();
		this.facilitator.resetScenarios();
		settle();
	}

	/** Return the URL of the facilitator. */
	public String facilitator() {
		return url();
	}

	/** Return how often the facilitator was asked what became of settlements. */
	int looks() {
		return this.facilitator.findAll(getRequestedFor(urlPathEqualTo("/settlements"))).size();
	}

	/** Return how many payments the facilitator was asked to settle. */
	public int settles() {
		return this.facilitator.findAll(postRequestedFor(urlEqualTo("/settle"))).size();
	}

	/** Return how many payments the facilitator was asked to verify. */
	int verifies() {
		return this.facilitator.findAll(postRequestedFor(urlEqualTo("/verify"))).size();
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
		if (this.ownsFacilitator) {
			this.facilitator.stop();
		}
	}

}
