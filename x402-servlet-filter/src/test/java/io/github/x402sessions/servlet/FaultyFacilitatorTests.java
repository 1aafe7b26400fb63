package io.github.x402sessions.servlet;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a facilitator can get wrong, through the whole filter: the goods stay in, the
 * answer comes in time, and nothing is settled twice.
 */
@ParameterizedClass
@EnumSource
class FaultyFacilitatorTests {

	private static final String OUR_KIND = """
			{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet"}]}""";

	private static final String OTHER_KIND = OUR_KIND.replace("session", "exact");

	private static final Duration IN_TIME = Duration.ofSeconds(30);

	/** Longer than an answer takes on a busy machine. */
	private static final Duration PATIENT = Duration.ofSeconds(2);

	/** For what never ends: it is waited for to no purpose, in every test. */
	private static final Duration IMPATIENT = Duration.ofMillis(400);

	@Parameter
	Container.Kind kind;

	private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort().containerThreads(60));

	@BeforeEach
	void start() {
		this.server.start();
		behave();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void nothingLeavesUnlessItIsVerified() throws Exception {
		withEach((fault, shop) -> {
			behave();
			answer("/verify", fault.response());
			HttpResponse<String> response = payInTime(shop, fault);
			assertThat(response.statusCode()).as(fault.name()).isEqualTo(fault.whenVerifying());
			this.server.verify(fault.breaksTheConnection() ? 2 : 1, postRequestedFor(urlEqualTo("/verify")));
			this.server.verify(0, postRequestedFor(urlEqualTo("/settle")));
		});
	}

	@Test
	void nothingLeavesUnlessItIsSettledAndNothingIsSettledTwice() throws Exception {
		withEach((fault, shop) -> {
			behave();
			answer("/settle", fault.response());
			HttpResponse<String> response = payInTime(shop, fault);
			assertThat(response.statusCode()).as(fault.name()).isEqualTo(fault.whenSettling());
			assertThat(PaidContainer.receipt(response).success()).isFalse();
			this.server.verify(1, postRequestedFor(urlEqualTo("/settle")));
		});
	}

	@Test
	void nothingLeavesForAReceiptThatContradictsWhatWasVerified() throws Exception {
		try (RefreshingFacilitator facilitator = facilitator(); Storefront shop = shop(facilitator)) {
			facilitator.supported();
			for (String receipt : FacilitatorFault.contradictions()) {
				behave();
				answer("/settle", okJson(receipt));
				HttpResponse<String> response = payInTime(shop, receipt);
				assertThat(response.statusCode()).as(receipt).isEqualTo(503);
				assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("settlement_unknown");
				this.server.verify(1, postRequestedFor(urlEqualTo("/settle")));
			}
		}
	}

	@Test
	void nothingIsAskedForUnlessItIsSupported() throws Exception {
		for (FacilitatorFault fault : FacilitatorFault.all()) {
			answer("/supported", fault.response());
			try (RefreshingFacilitator facilitator = facilitator(patience(fault));
					Storefront shop = shop(facilitator)) {
				HttpResponse<String> response = payInTime(shop, fault);
				assertThat(response.statusCode()).as(fault.name()).isIn(502, 503);
				assertThat(response.headers().firstValue("Retry-After")).isPresent();
			}
		}
		this.server.verify(0, postRequestedFor(anyUrl()));
	}

	@Test
	void aRouteWhoseKindIsNotSupportedIsNotPayableUntilItIs() throws Exception {
		answer("/supported", okJson(OTHER_KIND));
		try (RefreshingFacilitator facilitator = facilitator(); Storefront shop = shop(facilitator)) {
			HttpResponse<String> response = shop.pay();
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).contains("urn:x402-sessions:problem:route-not-payable");
			answer("/supported", okJson(OUR_KIND));
			awaitStatus(shop, 402);
			assertThat(shop.pay().statusCode()).isEqualTo(200);
			answer("/supported", okJson(OTHER_KIND));
			awaitStatus(shop, 503);
			assertThat(shop.get("/sold").body()).contains("urn:x402-sessions:problem:route-not-payable");
		}
		this.server.verify(1, postRequestedFor(urlEqualTo("/settle")));
	}

	@Test
	void aKnownFacilitatorThatGoesAwayIsAnOutageAndAsksStill() throws Exception {
		try (RefreshingFacilitator facilitator = facilitator(); Storefront shop = shop(facilitator)) {
			assertThat(shop.pay().statusCode()).isEqualTo(200);
			this.server.stop();
			assertThat(payInTime(shop, "refused").statusCode()).isEqualTo(503);
			assertThat(shop.get("/sold").statusCode()).isEqualTo(402);
		}
	}

	@Test
	void anEndlessAnswerIsCutOff() throws Exception {
		for (String call : List.of("/verify", "/settle")) {
			try (EndlessFacilitator endless = new EndlessFacilitator(call, OUR_KIND, FacilitatorFault.SUCCESS);
					RefreshingFacilitator facilitator = facilitator(endless.uri(), PATIENT);
					Storefront shop = shop(facilitator)) {
				assertThat(payInTime(shop, call).statusCode()).isIn(502, 503);
				assertThat(endless.calls(call)).isEqualTo(1);
				assertThat(endless.megabytesSent()).isLessThan(50);
			}
		}
	}

	/** Try each fault in one of two shops that go on from fault to fault. */
	private void withEach(FaultTest test) throws Exception {
		for (Duration patience : List.of(IMPATIENT, PATIENT)) {
			try (RefreshingFacilitator facilitator = facilitator(patience); Storefront shop = shop(facilitator)) {
				// Known before the stubs are changed, which for a moment are none.
				facilitator.supported();
				for (FacilitatorFault fault : FacilitatorFault.all()) {
					if (patience(fault).equals(patience)) {
						test.run(fault, shop);
					}
				}
			}
		}
	}

	private static Duration patience(FacilitatorFault fault) {
		return fault.isEndless() ? IMPATIENT : PATIENT;
	}

	private void behave() {
		this.server.resetAll();
		this.server.stubFor(get("/supported").willReturn(okJson(OUR_KIND)));
		this.server.stubFor(any(anyUrl()).atPriority(10).willReturn(okJson(FacilitatorFault.SUCCESS)));
	}

	private void answer(String path, ResponseDefinitionBuilder response) {
		this.server.stubFor((path.equals("/supported") ? get(path) : post(path)).atPriority(1).willReturn(response));
	}

	private RefreshingFacilitator facilitator() {
		return facilitator(PATIENT);
	}

	private RefreshingFacilitator facilitator(Duration patience) {
		return facilitator(URI.create(this.server.baseUrl()), patience);
	}

	private static RefreshingFacilitator facilitator(URI url, Duration patience) {
		FacilitatorOptions options = FacilitatorOptions.of(url)
			.withConnectTimeout(Duration.ofSeconds(1))
			.withReadTimeout(patience);
		return RefreshingFacilitator.start(new FacilitatorEndpoint("faulty", null, options.connect()),
				RefreshOptions.defaults()
					.withInterval(Duration.ofMillis(100))
					.withRetries(Duration.ofMillis(50), Duration.ofMillis(100)));
	}

	private Storefront shop(Facilitator facilitator) throws Exception {
		return new Storefront(this.kind, facilitator);
	}

	private static HttpResponse<String> payInTime(Storefront shop, Object what) throws Exception {
		long start = System.nanoTime();
		HttpResponse<String> response = shop.pay();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what.toString()).isLessThan(IN_TIME);
		assertThat(response.body()).as(what.toString()).doesNotContain(Handlers.GOODS);
		return response;
	}

	private static void awaitStatus(Storefront shop, int status) {
		Eventually.isTrue(() -> shop.get("/sold").statusCode() == status);
	}

	/** What is tried of a fault. */
	@FunctionalInterface
	private interface FaultTest {

		void run(FacilitatorFault fault, Storefront shop) throws Exception;

	}

}
