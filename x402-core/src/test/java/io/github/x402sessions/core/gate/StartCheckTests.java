package io.github.x402sessions.core.gate;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator is told of a facilitator after the start.
 */
class StartCheckTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final String ANOTHER = "GBRWATZBEJWPSWC6PQ2BKJNHBTFCJXIA4BO2AHYNRMLU54LR3PFVSEFO";

	private static final String EMPTY = "{\"isValid\":false,\"invalidReason\":\"missing_session_id\"}";

	private final CapturedLog log = CapturedLog.of("io.github.x402sessions.core", Level.INFO);

	private final List<AutoCloseable> open = new ArrayList<>(List.of(this.log));

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
	}

	@Test
	void aFacilitatorThatTakesAllIsToldInOneLine() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(okJson(EMPTY));
		start(route("/a", "session", "0.10", MERCHANT), route("/b", "session", "0.20", MERCHANT));
		assertThat(this.log.next()).isEqualTo("Facilitator '" + url() + "' takes all 2 routes");
		assertThat(this.log.messages()).hasSize(1);
		server.verify(1, postRequestedFor(urlEqualTo("/verify")).withHeader("Authorization", equalTo("Bearer key"))
			.withRequestBody(matchingJsonPath("$.paymentPayload.payload", equalToJson("{}"))));
		server.verify(0, postRequestedFor(urlEqualTo("/settle")));
	}

	/** Anybody may ask what it supports. */
	@Test
	void aKeyThatIsNotKnownIsTold() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		for (int status : new int[] { 401, 403 }) {
			verifies(aResponse().withStatus(status));
			RefreshingFacilitator facilitator = start(route("/a", "session", "0.10", MERCHANT));
			assertThat(this.log.next())
				.contains("does not handle payments for this server", "status " + status,
						"Set x402.facilitator.authorization")
				.doesNotContain("Bearer key");
			assertThat(facilitator.state().failure()).as("its health").isNotNull();
		}
		assertThat(this.log.messages()).hasSize(2);
	}

	@Test
	void everyRecipientIsAskedFor() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(okJson(EMPTY));
		server
			.stubFor(post("/verify").withRequestBody(matchingJsonPath("$.paymentRequirements.payTo", equalTo(ANOTHER)))
				.willReturn(okJson("{\"isValid\":false,\"invalidReason\":\"recipient_mismatch\"}")));
		start(route("/a", "session", "0.10", MERCHANT), route("/b", "session", "0.10", ANOTHER),
				route("/c", "session", "0.10", ANOTHER));
		assertThat(this.log.next()).contains("takes no payments to " + ANOTHER, "recipient_mismatch",
				"Ask its operator");
		assertThat(this.log.next()).endsWith("takes 1 of 3 routes; it refuses the terms of 2, as told above");
		assertThat(this.log.messages()).hasSize(2);
		server.verify(2, postRequestedFor(urlEqualTo("/verify")));
	}

	@Test
	void aPriceThatIsRefusedSaysNothingOfLess() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(okJson("{\"isValid\":false,\"invalidReason\":\"per_call_limit_exceeded\"}"));
		start(route("/a", "session", "0.10", MERCHANT), route("/b", "session", "0.09", MERCHANT),
				route("/c", "session", "0.11", MERCHANT));
		assertThat(this.log.next()).contains("per_call_limit_exceeded");
		assertThat(this.log.next()).endsWith("takes 1 of 3 routes; it refuses the terms of 2, as told above");
	}

	@Test
	void recipientsThatWereNotAskedAboutAreTold() {
		List<String> schemes = IntStream.range(0, 7).mapToObj((number) -> "scheme" + number).toList();
		supports("{\"kinds\":[%s]}"
			.formatted(String.join(",", schemes.stream().map((scheme) -> kind(scheme, "{}")).toList())));
		verifies(okJson(EMPTY));
		start(schemes.stream()
			.map((scheme) -> route("/" + scheme, scheme, "0.10", MERCHANT))
			.toArray(PricedRoute[]::new));
		assertThat(this.log.next()).endsWith("takes all 7 routes; of 7 recipients and kinds it was asked about 5");
		server.verify(5, postRequestedFor(urlEqualTo("/verify")));
	}

	/** Strangers do not all read what makes no sense. */
	@Test
	void whatSaysNothingOfTheKeyIsToldAsThat() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(aResponse().withStatus(400).withBody("{\"error\":\"Invalid request\"}"));
		start(route("/a", "session", "0.10", MERCHANT));
		assertThat(this.log.next())
			.endsWith("takes the only route; whether it knows this server shows with the first payment");
		verifies(okJson(EMPTY).withFixedDelay(60_000));
		start(route("/a", "session", "0.10", MERCHANT));
		assertThat(this.log.next()).endsWith("whether it knows this server shows with the first payment");
	}

	@Test
	void whatItDoesNotTakeIsToldWithWhatItSupports() {
		supports("{\"kinds\":[%s,%s]}".formatted(kind("session", "{\"limits\":{\"maxAmount\":\"1000000\"}}"),
				"{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:8453\\u001b[2J\"}"));
		verifies(okJson(EMPTY));
		start(route("/a", "session", "0.10", MERCHANT), route("/b", "session", "0.11", MERCHANT),
				route("/c", "exact", "0.10", MERCHANT));
		assertThat(this.log.next()).contains("takes 1 of 3 routes",
				"session on stellar:testnet, exact on eip155:8453?[2J", "x402.facilitator.url");
	}

	@Test
	void severalFacilitatorsShareTheRoutes() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(okJson(EMPTY));
		server.stubFor(get("/other/supported").willReturn(okJson("{\"kinds\":[%s]}".formatted(kind("exact", "{}")))));
		server.stubFor(post("/other/verify").willReturn(okJson(EMPTY)));
		RefreshingFacilitator first = facilitator("");
		RefreshingFacilitator second = facilitator("/other");
		CompositeFacilitator both = new CompositeFacilitator(List.of(first, second));
		List<PriceList> prices = prices(route("/a", "session", "0.10", MERCHANT),
				route("/b", "exact", "0.20", MERCHANT));
		List.of(first, second).forEach((one) -> one.whenTold(StartCheck.of(one, both, () -> prices)));
		first.begin();
		second.begin();
		assertThat(List.of(this.log.next(), this.log.next()))
			.allSatisfy((told) -> assertThat(told).endsWith("takes 1 of 2 routes, others the rest"))
			.anySatisfy((told) -> assertThat(told).contains("/other"));
	}

	/** Its own line says that it is dead. */
	@Test
	void whatADeadFacilitatorMayTakeIsNoMistakeOfTheRoutes() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(okJson(EMPTY));
		server.stubFor(get("/dead/supported").willReturn(aResponse().withStatus(500)));
		RefreshingFacilitator first = facilitator("");
		CompositeFacilitator both = new CompositeFacilitator(List.of(first, facilitator("/dead")));
		List<PriceList> prices = prices(route("/a", "session", "0.10", MERCHANT),
				route("/b", "exact", "0.20", MERCHANT));
		first.whenTold(StartCheck.of(first, both, () -> prices));
		first.begin();
		assertThat(this.log.next()).contains("/dead' does not tell what it supports");
		assertThat(this.log.next()).endsWith("takes 1 of 2 routes; 1 may be taken by another, which has not told yet");
	}

	@Test
	void whatADeadFacilitatorMayTakeIsNotCountedAmongMistakes() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{\"limits\":{\"maxAmount\":\"1000000\"}}")));
		verifies(okJson(EMPTY));
		server.stubFor(get("/dead/supported").willReturn(aResponse().withStatus(500)));
		RefreshingFacilitator first = facilitator("");
		CompositeFacilitator both = new CompositeFacilitator(List.of(first, facilitator("/dead")));
		List<PriceList> prices = prices(route("/a", "session", "0.10", MERCHANT),
				route("/b", "exact", "0.20", MERCHANT), route("/c", "session", "0.11", MERCHANT));
		first.whenTold(StartCheck.of(first, both, () -> prices));
		first.begin();
		assertThat(this.log.next()).contains("/dead' does not tell what it supports");
		assertThat(this.log.next())
			.contains("takes 1 of 3 routes; 1 may be taken by another, which has not told yet; it supports session on "
					+ "stellar:testnet. Set ");
	}

	@Test
	void whatIsAskedAgainIsToldOnce() {
		supports("{\"kinds\":[%s]}".formatted(kind("session", "{}")));
		verifies(okJson(EMPTY));
		RefreshingFacilitator facilitator = facilitator("");
		StartCheck check = StartCheck.of(facilitator, facilitator,
				() -> prices(route("/a", "session", "0.10", MERCHANT)));
		check.run();
		check.run();
		assertThat(this.log.messages()).hasSize(1);
	}

	@Test
	void aDeadFacilitatorIsToldWithWhatToDo() {
		RefreshingFacilitator dead = close(RefreshingFacilitator
			.start(FacilitatorEndpoint.of(FacilitatorOptions.of(URI.create("http://127.0.0.1:9")))));
		assertThat(this.log.next()).contains("'" + dead.name() + "' does not tell what it supports",
				"Start it, or set x402.facilitator.url");
		server.stubFor(get("/supported").willReturn(aResponse().withStatus(401)));
		start(route("/a", "session", "0.10", MERCHANT));
		assertThat(this.log.next()).contains("status 401", "Set x402.facilitator.authorization");
	}

	@Test
	void aClockThatIsWrongIsTold() {
		verifies(okJson(EMPTY));
		for (int seconds : new int[] { 40, -40, 20, -20 }) {
			String date = DateTimeFormatter.RFC_1123_DATE_TIME
				.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
			server.stubFor(get("/supported")
				.willReturn(okJson("{\"kinds\":[%s]}".formatted(kind("session", "{}"))).withHeader("Date", date)));
			start(route("/a", "session", "0.10", MERCHANT));
			if (seconds == 40) {
				assertThat(this.log.next()).contains("The clock of this server is ", " s behind that of facilitator");
			}
			if (seconds == -40) {
				assertThat(this.log.next()).contains(" s ahead of that of facilitator", "NTP");
			}
			assertThat(this.log.next()).endsWith("takes the only route");
		}
	}

	/** It was right when it was made. */
	@Test
	void whatACacheSaysOfTheTimeIsNotLookedAt() {
		verifies(okJson(EMPTY));
		String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).minusSeconds(300));
		server.stubFor(get("/supported")
			.willReturn(okJson("{\"kinds\":[%s]}".formatted(kind("session", "{}"))).withHeader("Date", date)
				.withHeader("Age", "300")));
		start(route("/a", "session", "0.10", MERCHANT));
		assertThat(this.log.next()).endsWith("takes the only route");
	}

	private static PricedRoute route(String path, String scheme, String price, String payTo) {
		return PricedRoute.of(path,
				PaymentTerms.of(scheme, "stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET), price, payTo));
	}

	private static List<PriceList> prices(PricedRoute... routes) {
		return List.of(new PriceList() {

			@Override
			public Collection<PricedRoute> routes() {
				return List.of(routes);
			}

		});
	}

	private static String kind(String scheme, String extra) {
		return "{\"x402Version\":2,\"scheme\":\"%s\",\"network\":\"stellar:testnet\",\"extra\":%s}".formatted(scheme,
				extra);
	}

	private static void supports(String json) {
		server.stubFor(get("/supported").willReturn(okJson(json)));
	}

	private static void verifies(ResponseDefinitionBuilder answer) {
		server.stubFor(post("/verify").willReturn(answer));
	}

	private static String url() {
		return server.baseUrl();
	}

	private RefreshingFacilitator start(PricedRoute... routes) {
		RefreshingFacilitator facilitator = facilitator("");
		facilitator.whenTold(StartCheck.of(facilitator, facilitator, () -> prices(routes)));
		facilitator.begin();
		return facilitator;
	}

	private RefreshingFacilitator facilitator(String path) {
		return close(RefreshingFacilitator.create(FacilitatorEndpoint.of(FacilitatorOptions.of(URI.create(url() + path))
			.withReadTimeout(Duration.ofMillis(700))
			.withAuthorization("Bearer key")), RefreshOptions.defaults()));
	}

	private RefreshingFacilitator close(RefreshingFacilitator facilitator) {
		this.open.add(facilitator);
		return facilitator;
	}

}
