package io.github.x402sessions.core.facilitator.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.ManualTimer;
import io.github.x402sessions.core.facilitator.Samples;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.StaleServer;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.NoticePage;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FeignFacilitatorTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private Facilitator facilitator;

	@BeforeEach
	void connect() {
		this.facilitator = connect(Duration.ofSeconds(10));
	}

	private static Facilitator connect(Duration readTimeout) {
		return FacilitatorOptions.of(URI.create(server.baseUrl() + "/base/"))
			.withConnectTimeout(Duration.ofSeconds(5))
			.withReadTimeout(readTimeout)
			.connect();
	}

	@Test
	void readsWhatIsSupported() {
		answer(okJson("""
				{"kinds":[{"x402Version":1,"scheme":"session","network":"stellar:testnet"},
				{"x402Version":2,"scheme":"session","network":"stellar:testnet","extra":{"spender":"GS"}}],
				"signers":{"stellar:*":["GS"]}}"""));
		assertThat(this.facilitator.supported().kind("session", "stellar:testnet").orElseThrow().extra())
			.containsEntry("spender", "GS");
		assertThat(this.facilitator.supported().kind("exact", "stellar:testnet")).isEmpty();
	}

	@Test
	void aSlowAnswerHoldsUpNoOther() {
		server.stubFor(post(anyUrl()).willReturn(okJson("{\"isValid\":true}")));
		server.stubFor(post(urlEqualTo("/base/settle"))
			.willReturn(okJson("{\"success\":true,\"transaction\":\"ab\",\"network\":\"n\"}")
				.withChunkedDribbleDelay(20, 3_000)));
		CompletableFuture<SettleResponse> slow = CompletableFuture
			.supplyAsync(() -> this.facilitator.settle(Samples.REQUEST), (task) -> new Thread(task).start());
		do {
			assertThat(this.facilitator.verify(Samples.REQUEST).isValid()).isTrue();
		}
		while (server.findAll(postRequestedFor(urlEqualTo("/base/settle"))).isEmpty());
		assertThat(this.facilitator.verify(Samples.REQUEST).isValid()).isTrue();
		assertThat(slow).isNotDone();
		assertThat(slow.join().success()).isTrue();
	}

	@Test
	void sendsPaymentAndTermsAndReadsTheReceipt() {
		answer(okJson("{\"success\":true,\"payer\":\"GP\",\"transaction\":\"ab\",\"network\":\"stellar:testnet\"}"));
		assertThat(this.facilitator.settle(Samples.REQUEST).transaction()).isEqualTo("ab");
		server.verify(1,
				postRequestedFor(urlEqualTo("/base/settle")).withHeader("Content-Type", equalTo("application/json"))
					.withRequestBody(matchingJsonPath("$.paymentPayload.payload.sessionId", equalTo("s")))
					.withRequestBody(matchingJsonPath("$.paymentRequirements.amount", equalTo("1000000"))));
	}

	@Test
	void holdsAndReleasesWithTheSameBody() {
		answer(okJson("{\"success\":true,\"transaction\":\"cmt_\",\"network\":\"stellar:testnet\"}"));
		assertThat(this.facilitator.hold(Samples.REQUEST).transaction()).isEqualTo("cmt_");
		assertThat(this.facilitator.release(Samples.REQUEST).success()).isTrue();
		for (String call : List.of("hold", "release")) {
			server.verify(1, postRequestedFor(urlEqualTo("/base/" + call))
				.withRequestBody(matchingJsonPath("$.paymentRequirements.amount", equalTo("1000000"))));
		}
		answer(okJson("{\"success\":false,\"errorReason\":\"not_held\",\"network\":\"n\"}").withStatus(400));
		assertThat(this.facilitator.hold(Samples.REQUEST).errorReason()).isEqualTo("not_held");
	}

	@Test
	void readsTheBooksOfARecipient() {
		answer(okJson("""
				{"settlements":[{"id":"cmt_MTIzNDU2Nzg5MGFiY2RlZg","status":"written_off","amount":"7","asset":"CA",
				"network":"stellar:testnet","ledger":9,"at":"2026-01-02T03:04:05Z","updatedAt":"2026-01-02T03:04:05Z",
				"payer":"GP","handle":"ab","deferred":true},{"id":"1","status":"settled","amount":"7","asset":"CA",
				"network":"stellar:testnet","deferred":false}],"next":"12"}"""));
		SettlementNotices books = this.facilitator.notices().orElseThrow();
		NoticePage page = books.page("GR", "a b&c").orElseThrow();
		server.verify(getRequestedFor(urlPathEqualTo("/base/settlements")).withQueryParam("recipient", equalTo("GR"))
			.withQueryParam("since", equalTo("a b&c"))
			.withQueryParam("limit", equalTo("200")));
		assertThat(page.next()).isEqualTo("12");
		assertThat(page.settlements()).extracting(SettlementNotice::deferral)
			.containsExactly(Optional.of(DeferralStatus.WRITTEN_OFF), Optional.empty());
		assertThat(page.settlements().get(0).since()).hasValue(Instant.parse("2026-01-02T03:04:05Z"));
		books.page("GR", SettlementNotices.FIRST);
		server.verify(getRequestedFor(urlEqualTo("/base/settlements?recipient=GR&since=0&limit=200")));
		assertThat(books.open("GR", "12").next()).isEqualTo("12");
		server.verify(getRequestedFor(urlEqualTo("/base/settlements?recipient=GR&since=12&open=true&limit=200")));
		assertThat(this.facilitator.notices()).hasValue(books);
		answer(okJson("{\"settlements\":[{\"id\":\"1\",\"status\":\"settled\",\"amount\":\"x\"}],\"next\":\"1\"}"));
		assertThatExceptionOfType(FacilitatorProtocolException.class).isThrownBy(() -> books.page("GR", "1"));
		answer(aResponse().withStatus(400).withBody("{\"error\":\"these books were restored\"}"));
		assertThat(books.page("GR", "13")).isEmpty();
		assertThatExceptionOfType(FacilitatorProtocolException.class).isThrownBy(() -> books.open("GR", "13"));
		answer(aResponse().withStatus(403));
		assertThatExceptionOfType(FacilitatorAccessException.class).isThrownBy(() -> books.page("GR", "1"));
	}

	@Test
	void identifiesItselfIfItHasTo() {
		answer(okJson("{\"isValid\":true}"));
		this.facilitator.verify(Samples.REQUEST);
		server.verify(postRequestedFor(urlEqualTo("/base/verify")).withoutHeader("Authorization"));
		FacilitatorOptions options = FacilitatorOptions.of(URI.create(server.baseUrl() + "/base/"))
			.withAuthorization("Bearer {k}%7B");
		options.connect().verify(Samples.REQUEST);
		server
			.verify(postRequestedFor(urlEqualTo("/base/verify")).withHeader("Authorization", equalTo("Bearer {k}%7B")));
		assertThat(options.toString()).contains("***").doesNotContain("Bearer");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withAuthorization("Bearer secret\r\nX: y"))
			.withMessageNotContaining("secret");
	}

	@Test
	void aRefusalWithStatus400IsAnAnswer() {
		answer(okJson("{\"success\":false,\"errorReason\":\"cap_exceeded\",\"network\":\"n\"}").withStatus(400));
		assertThat(this.facilitator.settle(Samples.REQUEST).errorReason()).isEqualTo("cap_exceeded");
		answer(okJson("{\"isValid\":false,\"invalidReason\":\"session_not_found\"}").withStatus(400));
		assertThat(this.facilitator.verify(Samples.REQUEST).invalidReason()).isEqualTo("session_not_found");
	}

	@Test
	void aSuccessWithAStatusOfFailureIsNoSuccess() {
		answer(okJson("{\"success\":true,\"transaction\":\"ab\",\"network\":\"n\"}").withStatus(400));
		assertThatExceptionOfType(FacilitatorProtocolException.class)
			.isThrownBy(() -> this.facilitator.settle(Samples.REQUEST));
		answer(okJson("{\"success\":true,\"transaction\":\"ab\",\"network\":\"n\"}").withStatus(503));
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.facilitator.settle(Samples.REQUEST));
	}

	/** A gateway's 503 may hide a settlement; the facilitator's own word does not. */
	@Test
	void onlyAFacilitatorThatHasSentNothingIsBelievedWith503() {
		answer(okJson("{\"success\":false,\"errorReason\":\"rpc_error\",\"network\":\"n\"}").withStatus(503));
		assertThat(this.facilitator.settle(Samples.REQUEST).errorReason()).isEqualTo("rpc_error");
		for (String doubtful : List.of(
				"{\"success\":false,\"errorReason\":\"rpc_error\",\"transaction\":\"ab\",\"network\":\"n\"}",
				"{\"success\":true,\"errorReason\":\"rpc_error\",\"network\":\"n\"}",
				"{\"success\":false,\"errorReason\":\"settlement_pending\",\"network\":\"n\"}",
				"{\"errorReason\":\"rpc_error\"}", "<html>")) {
			answer(okJson(doubtful).withStatus(503));
			assertThatExceptionOfType(FacilitatorUnavailableException.class).as(doubtful)
				.isThrownBy(() -> this.facilitator.settle(Samples.REQUEST));
		}
		answer(okJson("{\"success\":false,\"errorReason\":\"rpc_error\",\"network\":\"n\"}").withStatus(504));
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.facilitator.settle(Samples.REQUEST));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void tellsRefusedCredentialsApart(int status) {
		answer(aResponse().withStatus(status));
		assertThatExceptionOfType(FacilitatorAccessException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 502, 503 })
	void tellsFailingFacilitatorsApart(int status) {
		answer(aResponse().withStatus(status).withBody("<html>"));
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST));
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 307, 308 })
	void followsNoRedirect(int status) {
		answer(aResponse().withStatus(status)
			.withHeader("Location", server.baseUrl() + "/yes")
			.withBody("{\"isValid\":true}"));
		assertThatExceptionOfType(FacilitatorProtocolException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST));
		server.verify(1, anyRequestedFor(anyUrl()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>ok</html>", "[]", "{}", "{\"isValid\":\"true\"}",
			"{\"isValid\":true,\"invalidReason\":\"expired\"}", "{\"isValid\":null}" })
	void doesNotBelieveNonsense(String body) {
		answer(aResponse().withStatus(200).withBody(body));
		assertThatExceptionOfType(FacilitatorProtocolException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST));
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 400, 404 })
	void doesNotBelieveEmptyAnswers(int status) {
		answer(aResponse().withStatus(status));
		assertThatExceptionOfType(FacilitatorProtocolException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST));
	}

	@Test
	void readsNoMoreThanTheLimit() {
		answer(okJson(" ".repeat(300 * 1024) + "{\"isValid\":true}"));
		assertThatExceptionOfType(FacilitatorProtocolException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST))
			.withMessageContaining("too long");
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void asksOnceAndOnlyOnceWhenTheConnectionBreaks(Fault fault) {
		answer(aResponse().withFault(fault));
		assertThatExceptionOfType(FacilitatorException.class)
			.isThrownBy(() -> this.facilitator.settle(Samples.REQUEST));
		server.verify(1, postRequestedFor(urlEqualTo("/base/settle")));
	}

	/** A server closes a kept connection just as the next call is sent. */
	@Test
	void verifiesOnceMoreIfItsConnectionHasGoneStale() throws Exception {
		try (StaleServer stale = new StaleServer()) {
			Facilitator kept = FacilitatorOptions.of(stale.url()).connect();
			assertThat(kept.verify(Samples.REQUEST).isValid()).isTrue();
			assertThat(kept.verify(Samples.REQUEST).isValid()).isTrue();
			assertThatExceptionOfType(FacilitatorUnavailableException.class)
				.isThrownBy(() -> kept.settle(Samples.REQUEST));
			assertThat(stale.requests()).containsExactly("/verify", "/verify", "/verify", "/settle");
		}
	}

	@Test
	void saysWhenItDoesNotAskBecauseNobodyAnswers() {
		Facilitator nobody = FacilitatorOptions.of(URI.create("http://127.0.0.1:1")).connect();
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(FacilitatorUnavailableException.class)
				.isThrownBy(() -> nobody.verify(Samples.REQUEST))
				.withMessageContaining("ConnectException");
		}
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> nobody.verify(Samples.REQUEST))
			.withMessage("facilitator was not asked (/verify): most of the last calls got no answer")
			.matches(FacilitatorUnavailableException::isUnsent, "nothing was sent");
	}

	@Test
	void whoeverVerifiesNothingIsNotWellThoughItTellsWhatItSupports() {
		answer(okJson("{\"kinds\":[]}"));
		server.stubFor(post(urlEqualTo("/base/verify")).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
		ManualTimer timer = new ManualTimer();
		RefreshingFacilitator refreshing = new RefreshingFacilitator(
				new FacilitatorEndpoint("f", null, this.facilitator), RefreshOptions.defaults(), timer,
				Clock.systemUTC());
		refreshing.begin();
		timer.elapse();
		for (int i = 0; i < 11; i++) {
			assertThatExceptionOfType(FacilitatorUnavailableException.class)
				.isThrownBy(() -> refreshing.verify(Samples.REQUEST));
		}
		timer.elapse();
		assertThat(refreshing.supported().kinds()).isEmpty();
		assertThat(refreshing.state().failure()).hasMessageContaining("not asked (/verify)");
	}

	@Test
	void givesUpOnAnAnswerThatComesByteByByte() {
		answer(okJson("{\"isValid\":true}").withChunkedDribbleDelay(20, 20_000));
		Facilitator impatient = connect(Duration.ofMillis(700));
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> impatient.verify(Samples.REQUEST))
			.withMessageContaining("HttpTimeoutException")
			.matches((failure) -> !failure.isUnsent(), "may have been received");
	}

	@Test
	void saysWhenNobodyListens() {
		Facilitator nobody = FacilitatorOptions.of(URI.create("http://localhost:1")).connect();
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(nobody::supported)
			.withMessageContaining("ConnectException")
			.matches(FacilitatorUnavailableException::isUnsent, "nothing was sent");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:4021", "ftp://a.example", "http:///x", "/facilitator", "http://u:p@a.example",
			"http://a.example?x=1", "http://a.example#x" })
	void checksTheUrl(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> FacilitatorOptions.of(URI.create(url)))
			.withMessageContaining("http or https");
	}

	@Test
	void aQuarterOfTomcatsThreadsIsLeft() {
		FacilitatorOptions options = FacilitatorOptions.of(URI.create("http://localhost:1"));
		assertThat(2 * options.maxConcurrentVerifies() + options.maxConcurrentSettles())
			.as("verified, waiting and settled")
			.isLessThanOrEqualTo(150);
	}

	@Test
	void checksTheTimeouts() {
		FacilitatorOptions options = FacilitatorOptions.of(URI.create("http://localhost:1"));
		assertThatIllegalArgumentException().isThrownBy(() -> options.withReadTimeout(Duration.ZERO))
			.withMessageContaining("readTimeout");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withConnectTimeout(Duration.ofSeconds(-1)))
			.withMessageContaining("connectTimeout");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxConcurrentVerifies(0))
			.withMessageContaining("maxConcurrentVerifies");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxConcurrentSettles(0))
			.withMessageContaining("maxConcurrentSettles");
	}

	@Test
	void aLimitIsKeptThatIsShorterThanTheTimeout() {
		answer(okJson("{}").withFixedDelay(60_000));
		long start = System.nanoTime();
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.facilitator.settle(Samples.REQUEST, Duration.ofMillis(300)));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
	}

	private static void answer(ResponseDefinitionBuilder response) {
		server.stubFor(any(anyUrl()).willReturn(response));
	}

}
