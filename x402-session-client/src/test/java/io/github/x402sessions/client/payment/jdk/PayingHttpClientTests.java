package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.ServiceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PayingHttpClient} against a server that asks for money.
 */
class PayingHttpClientTests {

	private static final String ID = Payers.ID;

	private static final ResourceInfo TEA = new ServiceInfo("Teas", List.of("tea", "green"), null)
		.in(new ResourceInfo("http://shop/tea", null, null));

	@RegisterExtension
	static final WireMockExtension shop = WireMockExtension.newInstance()
		.options(WireMockConfiguration.options().dynamicPort())
		.build();

	@RegisterExtension
	static final WireMockExtension elsewhere = WireMockExtension.newInstance()
		.options(WireMockConfiguration.options().dynamicPort())
		.build();

	private final HttpClient client = clientFor(shop.baseUrl());

	@Test
	void asksOnceAndPaysOnce() throws Exception {
		sell(ok("tea").withHeader("PAYMENT-RESPONSE", "receipt"));
		HttpResponse<String> answer = this.client.send(get(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("tea");
		assertThat(answer.headers().firstValue("PAYMENT-RESPONSE")).hasValue("receipt");
		shop.verify(2, anyRequestedFor(anyUrl()));
		PaymentPayload payment = payment();
		assertThat(payment.payload()).isEqualTo(Map.of("sessionId", ID));
		assertThat(payment.accepted()).isEqualTo(asked("GSHOP"));
		assertThat(payment.resource()).isEqualTo(TEA);
		assertThat(ServiceInfo.of(payment.resource()).tags()).containsExactly("tea", "green");
	}

	@Test
	void paysByAnotherClientThatFollowsNoRedirect() throws Exception {
		sell(ok("tea"));
		Payments payments = new Payers().at(shop.baseUrl());
		HttpClient plain = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(7)).build();
		HttpClient paying = payments.httpClient(plain);
		assertThat(paying.send(get(), BodyHandlers.ofString()).body()).isEqualTo("tea");
		assertThat(paying.connectTimeout()).hasValue(Duration.ofSeconds(7));
		HttpClient following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
		assertThatIllegalArgumentException().isThrownBy(() -> payments.httpClient(following))
			.withMessageContaining("must not follow redirects");
	}

	@Test
	void whatCostsNothingIsAskedOnce() throws Exception {
		shop.stubFor(any(anyUrl()).willReturn(ok("free")));
		assertThat(this.client.send(get(), BodyHandlers.ofString()).body()).isEqualTo("free");
		shop.verify(1, anyRequestedFor(anyUrl()));
	}

	@Test
	void challengeForEverIsPaidOnceAndReturned() throws Exception {
		shop.stubFor(any(anyUrl()).willReturn(challenge(asked("GSHOP")).withBody("no")));
		HttpResponse<String> answer = this.client.send(get(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(402);
		assertThat(answer.body()).isEqualTo("no");
		shop.verify(2, anyRequestedFor(anyUrl()));
	}

	@Test
	void challengeForSomebodyElseIsReturnedUnpaidWithItsBody() throws Exception {
		shop.stubFor(any(anyUrl()).willReturn(challenge(asked("GTHIEF")).withBody("pay him")));
		assertUnpaid("pay him");
	}

	@Test
	void challengeThatCannotBeReadIsReturnedUnpaid() throws Exception {
		String good = PaymentHeader.encode(required(asked("GSHOP")));
		for (List<String> headers : List.of(List.<String>of(), List.of("%%%"), List.of("e30="), List.of(""),
				List.of(good, PaymentHeader.encode(required(asked("GTHIEF")))))) {
			shop.resetAll();
			ResponseDefinitionBuilder answer = aResponse().withStatus(402).withBody("?");
			shop.stubFor(any(anyUrl()).willReturn(headers.isEmpty() ? answer
					: answer.withHeader("PAYMENT-REQUIRED", headers.toArray(String[]::new))));
			assertUnpaid("?");
		}
	}

	@Test
	void challengeWithAnotherStatusIsNone() throws Exception {
		shop.stubFor(any(anyUrl()).willReturn(challenge(asked("GSHOP")).withStatus(403).withBody("no")));
		assertThat(this.client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(403);
		shop.verify(1, anyRequestedFor(anyUrl()));
	}

	@Test
	void originThatWasNotAllowedIsNotPaid() throws Exception {
		sell(ok("tea"));
		HttpClient other = clientFor(elsewhere.baseUrl());
		assertThat(other.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		shop.verify(1, anyRequestedFor(anyUrl()));
	}

	@Test
	void redirectIsNotFollowedWithOrWithoutPayment() throws Exception {
		ResponseDefinitionBuilder away = aResponse().withStatus(307)
			.withHeader("Location", elsewhere.baseUrl() + "/steal");
		sell(away);
		assertThat(this.client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(307);
		shop.verify(2, anyRequestedFor(anyUrl()));
		elsewhere.verify(0, anyRequestedFor(anyUrl()));
		assertThat(this.client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
	}

	@Test
	void bodyAndHeadersAreSentAgain() throws Exception {
		sell(ok("answer"));
		HttpRequest request = HttpRequest.newBuilder(URI.create(shop.baseUrl() + "/tea"))
			.header("X-Mine", "1")
			.timeout(Duration.ofSeconds(5))
			.POST(HttpRequest.BodyPublishers.ofString("hello"))
			.build();
		HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
		assertThat(answer.body()).isEqualTo("answer");
		shop.verify(2, postRequestedFor(urlEqualTo("/tea")).withRequestBody(WireMock.equalTo("hello"))
			.withHeader("X-Mine", WireMock.equalTo("1")));
	}

	@Test
	void bodyThatOutgrowsAWindowIsSentWhereA402CanOvertakeIt() throws Exception {
		sell(ok("answer"));
		this.client.send(get(), BodyHandlers.ofString());
		assertThat(post(1000)).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(post(100_000)).isEqualTo(HttpClient.Version.HTTP_1_1);
	}

	private HttpClient.Version post(int length) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(get().uri())
			.POST(HttpRequest.BodyPublishers.ofByteArray(new byte[length]))
			.build();
		return this.client.send(request, BodyHandlers.ofString()).version();
	}

	@Test
	void answerShowsTheRequestWithoutTheSessionId() throws Exception {
		sell(ok("tea"));
		HttpRequest request = get();
		HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
		assertThat(answer.request()).isSameAs(request);
		assertThat(answer.previousResponse()).isEmpty();
		assertThat(answer.uri()).isEqualTo(request.uri());
		assertThat(answer.version()).isNotNull();
		assertThat(answer.sslSession()).isEmpty();
		assertThat(answer + " " + this.client).doesNotContain(ID);
	}

	@Test
	void requestWithAPaymentOfItsOwnIsLeftAlone() throws Exception {
		shop.stubFor(any(anyUrl()).willReturn(challenge(asked("GSHOP"))));
		for (String header : List.of("PAYMENT-SIGNATURE", "X-PAYMENT")) {
			HttpRequest request = HttpRequest.newBuilder(get().uri()).header(header, "mine").build();
			assertThat(this.client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(402);
			assertThat(this.client.sendAsync(request, BodyHandlers.ofString()).join().statusCode()).isEqualTo(402);
		}
		shop.verify(4, anyRequestedFor(anyUrl()));
	}

	@Test
	void paysAsynchronouslyToo() {
		sell(ok("tea"));
		HttpRequest request = get();
		HttpResponse<String> answer = this.client.sendAsync(request, BodyHandlers.ofString()).join();
		assertThat(answer.body()).isEqualTo("tea");
		assertThat(answer.request()).isSameAs(request);
		shop.verify(2, anyRequestedFor(anyUrl()));
	}

	@Test
	void paysAsynchronouslyWithPushes() {
		sell(ok("tea"));
		HttpResponse.PushPromiseHandler<String> pushes = (initiator, pushed, acceptor) -> {
		};
		assertThat(this.client.sendAsync(get(), BodyHandlers.ofString(), pushes).join().body()).isEqualTo("tea");
	}

	@Test
	void callersHandlerSeesOnlyTheAnswerItGets() throws Exception {
		sell(ok("tea"));
		AtomicInteger seen = new AtomicInteger();
		HttpResponse<String> answer = this.client.send(get(), (info) -> {
			seen.addAndGet(info.statusCode());
			return BodyHandlers.ofString().apply(info);
		});
		assertThat(answer.body()).isEqualTo("tea");
		assertThat(seen).hasValue(200);
	}

	@Test
	void hugeBodyOfAChallengeIsNotReadToItsEnd() throws Exception {
		shop.stubFor(
				any(anyUrl()).atPriority(9).willReturn(challenge(asked("GSHOP")).withBody(new byte[4 * 1024 * 1024])));
		paid(ok("tea"));
		assertThat(this.client.send(get(), BodyHandlers.ofString()).body()).isEqualTo("tea");
		assertThat(this.client.sendAsync(get(), BodyHandlers.ofString()).join().body()).isEqualTo("tea");
	}

	@Test
	void brokenConnectionBeforeTheChallengeIsTheCallersToSee() {
		shop.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThatIOException().isThrownBy(() -> this.client.send(get(), BodyHandlers.ofString()));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.client.sendAsync(get(), BodyHandlers.ofString()).join())
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void brokenConnectionAfterThePaymentIsTheCallersToSee() {
		sell(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertThatIOException().isThrownBy(() -> this.client.send(get(), BodyHandlers.ofString()));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.client.sendAsync(get(), BodyHandlers.ofString()).join());
	}

	@Test
	void restOfTheClientIsThatOfTheJdk() {
		assertThat(this.client.connectTimeout()).hasValue(Duration.ofSeconds(2));
		assertThat(this.client.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(this.client.cookieHandler()).isEmpty();
		assertThat(this.client.proxy()).isEmpty();
		assertThat(this.client.authenticator()).isEmpty();
		assertThat(this.client.executor()).isEmpty();
		assertThat(this.client.sslContext()).isNotNull();
		assertThat(this.client.sslParameters()).isNotNull();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.client::newWebSocketBuilder)
			.withMessageContaining("WebSocket");
	}

	private void assertUnpaid(String body) throws Exception {
		HttpResponse<String> answer = this.client.send(get(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(402);
		assertThat(answer.body()).isEqualTo(body);
		shop.verify(1, anyRequestedFor(anyUrl()));
	}

	private static void sell(ResponseDefinitionBuilder goods) {
		shop.stubFor(any(anyUrl()).atPriority(9).willReturn(challenge(asked("GSHOP")).withBody("{}")));
		paid(goods);
	}

	private static void paid(ResponseDefinitionBuilder goods) {
		MappingBuilder paid = any(anyUrl()).atPriority(1).withHeader("PAYMENT-SIGNATURE", WireMock.matching(".+"));
		shop.stubFor(paid.willReturn(goods));
	}

	private static PaymentPayload payment() {
		String header = shop.findAll(anyRequestedFor(anyUrl()).withHeader("PAYMENT-SIGNATURE", WireMock.matching(".+")))
			.get(0)
			.getHeader("PAYMENT-SIGNATURE");
		return PaymentHeader.decode(header, PaymentPayload.class, 8192);
	}

	private static ResponseDefinitionBuilder challenge(PaymentRequirements asked) {
		return aResponse().withStatus(402).withHeader("PAYMENT-REQUIRED", PaymentHeader.encode(required(asked)));
	}

	private static PaymentRequired required(PaymentRequirements asked) {
		return PaymentRequired.of(null, TEA, List.of(asked));
	}

	private static PaymentRequirements asked(String payTo) {
		return new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", payTo, 300,
				Map.of("spender", "GSPENDER", "note", "kept"));
	}

	private static HttpRequest get() {
		return HttpRequest.newBuilder(URI.create(shop.baseUrl() + "/tea")).build();
	}

	private static HttpClient clientFor(String url) {
		return new Payers().at(url).httpClient();
	}

}
