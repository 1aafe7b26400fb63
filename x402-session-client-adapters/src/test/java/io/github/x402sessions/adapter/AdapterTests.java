package io.github.x402sessions.adapter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import feign.DefaultClient;
import feign.DefaultRetryer;
import feign.Feign;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.Util;
import io.github.x402sessions.adapter.feign.PayingFeignClient;
import io.github.x402sessions.adapter.okhttp.PayingOkHttp;
import io.github.x402sessions.adapter.spring.PayingFilter;
import io.github.x402sessions.adapter.spring.PayingInterceptor;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.session.PaymentSigner;
import io.github.x402sessions.client.payment.session.SessionGrant;
import io.github.x402sessions.client.payment.session.SessionPayer;
import io.github.x402sessions.client.payment.session.SpendingRules;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.LocalServer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for all adapters alike: each of them buys the same things from the same shop.
 */
class AdapterTests {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> identifiers = new CopyOnWriteArrayList<>();

	/** Hashes of the bodies that were signed. */
	private final List<String> hashes = new CopyOnWriteArrayList<>();

	/** What the session signs with, if it does. */
	private volatile SessionKeyPair key;

	private LocalServer shop;

	/** Where redirects lead. */
	private volatile URI elsewhere = URI.create("http://localhost:1/");

	/** Whether what was paid for is elsewhere now. */
	private volatile boolean closed;

	private volatile boolean followingRedirects;

	/** How the goods are packed. */
	private volatile String encoding = "";

	/** How many answers to payments get lost. */
	private volatile int lost;

	static Stream<Buyer> buyers() {
		return Stream.of(named("RestClient", AdapterTests::rest), named("WebClient", AdapterTests::web),
				named("OkHttp", AdapterTests::okhttp), named("Feign", AdapterTests::feign));
	}

	@BeforeEach
	void open() throws IOException {
		this.shop = new LocalServer(this::sell);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void paysOnceAndSendsTheBodyAgain(Buyer buyer) throws Exception {
		assertThat(buyer.buy(payments(false, "GSHOP"), uri("/tea"), "milk")).isEqualTo("200 tea");
		assertThat(this.requests).containsExactly("free milk", "paid milk");
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void paysAtOnceWhatItKnows(Buyer buyer) throws Exception {
		Payments payments = payments(true, "GSHOP");
		buyer.buy(payments, uri("/tea"), "milk");
		assertThat(buyer.buy(payments, uri("/tea"), "milk")).isEqualTo("200 tea");
		assertThat(this.requests).containsExactly("free milk", "paid milk", "paid milk");
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void returnsTheChallengeThatItMayNotPay(Buyer buyer) throws Exception {
		assertThat(buyer.buy(payments(false, "GOTHER"), uri("/tea"), "milk")).isEqualTo("402 pay");
		assertThat(this.requests).containsExactly("free milk");
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Declined.class);
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void followsNoRedirectWithAPayment(Buyer buyer) throws Exception {
		assertThat(buyer.buy(payments(false, "GSHOP"), uri("/away"), "milk")).startsWith("307");
		this.followingRedirects = true;
		assertThat(buyer.buy(payments(false, "GSHOP"), uri("/away"), "milk")).startsWith("307");
		assertThat(this.requests).containsExactly("free milk", "paid milk", "free milk", "paid milk");
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void sendsNoPaymentAgainWhenTheConnectionBreaks(Buyer buyer) {
		this.lost = 1;
		assertThatException().isThrownBy(() -> buyer.buy(payments(false, "GSHOP"), uri("/tea"), "milk"));
		assertThat(this.requests).containsExactly("free milk", "paid milk");
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
	}

	@Test
	void okHttpSendsNoPaymentAgainToAServerThatWasBusy() {
		assertThatIOException().isThrownBy(() -> okhttp(payments(false, "GSHOP"), uri("/busy"), "milk"));
		assertThat(this.requests).containsExactly("free milk", "paid milk");
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void carriesNoPaymentAlongARedirectThatTheClientFollows(Buyer buyer) throws Exception {
		List<String> stolen = new CopyOnWriteArrayList<>();
		try (LocalServer thief = new LocalServer((exchange) -> {
			stolen.addAll(exchange.getRequestHeaders().getOrDefault(PaymentHeader.SIGNATURE, List.of()));
			exchange.getResponseHeaders().add(PaymentHeader.REQUIRED, challenge());
			LocalServer.answer(exchange, 402, "pay");
		})) {
			this.elsewhere = thief.uri("/");
			buyer.buy(payments(true, "GSHOP"), uri("/open"), "milk");
			Payments payments = payments(true, "GSHOP");
			buyer.buy(payments, uri("/tea"), "milk");
			this.closed = true;
			buyer.buy(payments, uri("/tea"), "milk");
			assertThat(stolen).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void refusalGivesItsReason(Buyer buyer) throws Exception {
		assertThat(buyer.buy(payments(false, "GSHOP"), uri("/never"), "milk")).startsWith("402");
		assertThat(this.events).singleElement().isEqualTo(new PaymentEvent.Refused(uri("/never"), 402, "cap_exceeded"));
	}

	@Test
	void feignMakesNoPaymentAgainByAGetOnAKeptConnection() {
		this.lost = 1;
		Payments payments = payments(false, "GSHOP");
		assertThatIOException().isThrownBy(() -> get(payments, "/tea"));
		assertThat(this.requests).containsExactly("free ", "paid ");
	}

	@Test
	void okHttpMakesNoPaymentAgainByAGetOnAKeptConnection() {
		this.lost = 1;
		Payments payments = payments(false, "GSHOP");
		okhttp3.Request request = new okhttp3.Request.Builder().url(uri("/tea").toString()).build();
		assertThatIOException().isThrownBy(() -> okhttp(payments, request));
		assertThat(this.requests).containsExactly("free ", "paid ");
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "deflate" })
	void feignUnpacksWhatWasPaidFor(String encoding) throws Exception {
		this.encoding = encoding;
		assertThat(get(payments(false, "GSHOP"), "/tea")).isEqualTo("200 tea");
	}

	@Test
	void triesOfFeignsRetryerArePaidOnce() {
		this.lost = 2;
		Api api = Feign.builder()
			.client(new PayingFeignClient(new DefaultClient(null, null), payments(false, "GSHOP")))
			.retryer(new DefaultRetryer(1, 1, 5))
			.target(Api.class, uri("").toString());
		assertThat(api.buy("milk")).isEqualTo("tea");
		assertThat(api.buy("milk")).isEqualTo("tea");
		assertThat(this.identifiers).hasSizeGreaterThan(3);
		assertThat(this.identifiers.stream().distinct()).hasSize(2);
	}

	private interface Api {

		@RequestLine("POST /tea")
		String buy(String what);

	}

	@ParameterizedTest
	@MethodSource("buyers")
	void signsTheBodyThatItSends(Buyer buyer) throws Exception {
		this.key = SessionKeyPair.random();
		Payments payments = payments(true, "GSHOP");
		assertThat(buyer.buy(payments, uri("/tea"), "milk")).isEqualTo("200 tea");
		assertThat(buyer.buy(payments, uri("/tea"), "sugar")).isEqualTo("200 tea");
		assertThat(this.hashes).containsExactly(hash("milk"), hash("sugar"));
		assertThat(this.requests).containsExactly("free milk", "paid milk", "paid sugar");
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void signsOnceMoreForAnotherResource(Buyer buyer) throws Exception {
		this.key = SessionKeyPair.random();
		assertThat(buyer.buy(payments(false, "GSHOP"), uri("/moved"), "milk")).startsWith("402");
		assertThat(this.requests).containsExactly("free milk", "paid milk", "paid milk");
		assertThat(this.hashes).containsExactly(hash("milk"), hash("milk"));
		assertThat(this.identifiers.stream().distinct()).hasSize(1);
		assertThat(this.events).containsExactly(new PaymentEvent.Refused(uri("/moved"), 402, "resource_mismatch"));
	}

	@Test
	void requestsWithoutABodySignThat() throws Exception {
		this.key = SessionKeyPair.random();
		get(payments(false, "GSHOP"), "/tea");
		okhttp(payments(false, "GSHOP"), new okhttp3.Request.Builder().url(uri("/tea").toString()).build());
		WebClient.builder()
			.filter(new PayingFilter(payments(false, "GSHOP")))
			.build()
			.get()
			.uri(uri("/tea"))
			.retrieve()
			.toBodilessEntity()
			.block(Eventually.PATIENCE);
		RestClient.builder()
			.requestInterceptor(new PayingInterceptor(payments(false, "GSHOP")))
			.build()
			.get()
			.uri(uri("/tea"))
			.retrieve()
			.toBodilessEntity();
		assertThat(this.hashes).hasSize(4).containsOnly(BodyHash.EMPTY);
	}

	@Test
	void webClientPaysAtOnceForARequestWithoutABody() {
		this.key = SessionKeyPair.random();
		WebClient client = WebClient.builder().filter(new PayingFilter(payments(true, "GSHOP"))).build();
		for (int i = 0; i < 2; i++) {
			client.get().uri(uri("/tea")).retrieve().toBodilessEntity().block(Eventually.PATIENCE);
		}
		assertThat(this.requests).containsExactly("free ", "paid ", "paid ");
		assertThat(this.hashes).containsExactly(BodyHash.EMPTY, BodyHash.EMPTY);
	}

	@Test
	void webClientSignsNoBodyThatIsFlushedPieceByPiece() {
		this.key = SessionKeyPair.random();
		WebClient.builder()
			.filter(new PayingFilter(payments(false, "GSHOP")))
			.build()
			.post()
			.uri(uri("/tea"))
			.contentType(org.springframework.http.MediaType.APPLICATION_NDJSON)
			.body(Flux.just(Map.of("a", 1), Map.of("a", 2)), Map.class)
			.retrieve()
			.toBodilessEntity()
			.block(Eventually.PATIENCE);
		assertThat(this.hashes).containsExactly(BodyHash.UNKNOWN);
	}

	private static String hash(String body) {
		return BodyHash.of(body.getBytes(StandardCharsets.UTF_8));
	}

	private static String challenge() {
		return challenge("u", null);
	}

	private static String challenge(String resource, String error) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 60,
				Map.of());
		return PaymentHeader.encode(PaymentRequired.of(error, new ResourceInfo(resource, null, null), List.of(asked)));
	}

	private static PaymentPayload payment(HttpExchange exchange) {
		return PaymentHeader.decode(exchange.getRequestHeaders().getFirst(PaymentHeader.SIGNATURE),
				PaymentPayload.class, 8192);
	}

	/** Write down which body was signed, if one was. */
	private void check(PaymentPayload payment) {
		PaymentSignature signature = SessionPayload.read(payment.payload()).signature();
		if (signature != null) {
			PaymentStatement statement = new PaymentStatement("stellar:testnet", "CUSDC", "GSHOP", "100", "ab12",
					signature.method(), payment.resource().url(), PaymentIdentifier.of(payment).orElseThrow().id(),
					signature.validUntil(), signature.body());
			assertThat(signature.signature()).isEqualTo(this.key.sign(statement.text()));
			this.hashes.add(signature.body());
		}
	}

	private void sell(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		boolean paid = exchange.getRequestHeaders().containsKey(PaymentHeader.SIGNATURE);
		this.requests.add((paid ? "paid " : "free ") + body);
		if (paid) {
			this.identifiers.add(PaymentIdentifier.of(payment(exchange)).orElseThrow().id());
			check(payment(exchange));
		}
		String path = exchange.getRequestURI().getPath();
		if (path.equals("/open") || (paid && this.closed)) {
			exchange.getResponseHeaders().add("Location", this.elsewhere.toString());
			LocalServer.answer(exchange, 307, "");
		}
		else if (!paid || path.equals("/moved")) {
			exchange.getResponseHeaders()
				.add(PaymentHeader.REQUIRED, challenge(uri(path).toString(), paid ? "resource_mismatch" : null));
			LocalServer.answer(exchange, 402, "pay");
		}
		else if (this.lost-- > 0) {
			exchange.close();
		}
		else if (path.equals("/busy")) {
			exchange.getResponseHeaders().add("Retry-After", "0");
			LocalServer.answer(exchange, 503, "");
		}
		else if (path.equals("/never")) {
			exchange.getResponseHeaders()
				.add(PaymentHeader.RESPONSE, PaymentHeader
					.encode(Map.of("success", false, "errorReason", "cap_exceeded", "network", "stellar:testnet")));
			LocalServer.answer(exchange, 402, "");
		}
		else if (exchange.getRequestURI().getPath().equals("/away")) {
			exchange.getResponseHeaders().add("Location", uri("/tea").toString());
			LocalServer.answer(exchange, 307, "");
		}
		else {
			exchange.getResponseHeaders()
				.add(PaymentHeader.RESPONSE, PaymentHeader.encode(
						Map.of("success", true, "transaction", "hash", "network", "stellar:testnet", "amount", "100")));
			exchange.getResponseHeaders().add("Content-Encoding", this.encoding);
			LocalServer.answer(exchange, 200, packed("tea"));
		}
	}

	private byte[] packed(String goods) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (OutputStream packing = this.encoding.equals("gzip") ? new GZIPOutputStream(packed)
				: this.encoding.equals("deflate") ? new DeflaterOutputStream(packed) : packed) {
			packing.write(goods.getBytes(StandardCharsets.UTF_8));
		}
		return packed.toByteArray();
	}

	private URI uri(String path) {
		return this.shop.uri(path);
	}

	private Payments payments(boolean prepaying, String recipient) {
		PaymentOptions options = new PaymentOptions(Budget.unlimited(), this.events::add, prepaying,
				this.followingRedirects, Duration.ofSeconds(5), Clock.systemUTC(), List.of(), "stellar:testnet",
				new Asset("CUSDC", 7));
		SpendingRules rules = new SpendingRules("stellar:testnet", new Asset("CUSDC", 7), recipient, "GSPENDER",
				BigInteger.valueOf(100), Set.of(Origin.of(uri("/"))));
		PaymentSigner signer = (this.key != null) ? new PaymentSigner(this.key, "ab12", Map.of()) : null;
		SessionPayer payer = new SessionPayer(
				new SessionGrant("s3cret", rules, BigInteger.ZERO, Instant.MAX, Instant.MAX, signer), options);
		return new Payments(payer::answer, options);
	}

	private static String rest(Payments payments, URI url, String body) {
		return RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory(following()))
			.requestInterceptor(new PayingInterceptor(payments))
			.build()
			.post()
			.uri(url)
			.body(body)
			.exchange((request, response) -> response.getStatusCode().value() + " "
					+ new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
	}

	private static String web(Payments payments, URI url, String body) {
		return WebClient.builder()
			.clientConnector(new JdkClientHttpConnector(following()))
			.filter(new PayingFilter(payments))
			.build()
			.post()
			.uri(url)
			.bodyValue(body)
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((text) -> response.statusCode().value() + " " + text))
			.block(Eventually.PATIENCE);
	}

	private static String okhttp(Payments payments, URI url, String body) throws IOException {
		okhttp3.Request request = new okhttp3.Request.Builder().url(url.toString())
			.post(RequestBody.create(body, MediaType.get("text/plain")))
			.build();
		return okhttp(payments, request);
	}

	private static String okhttp(Payments payments, okhttp3.Request request) throws IOException {
		try (okhttp3.Response response = PayingOkHttp.of(new OkHttpClient(), payments).newCall(request).execute()) {
			return response.code() + " " + response.body().string();
		}
	}

	private static String feign(Payments payments, URI url, String body) throws IOException {
		return feign(payments, Request.create(Request.HttpMethod.POST, url.toString(), Map.of(),
				body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, null));
	}

	private String get(Payments payments, String path) throws IOException {
		return feign(payments, Request.create(Request.HttpMethod.GET, uri(path).toString(), Map.of(), null,
				StandardCharsets.UTF_8, null));
	}

	private static String feign(Payments payments, Request request) throws IOException {
		try (Response response = new PayingFeignClient(new DefaultClient(null, null), payments).execute(request,
				new Request.Options())) {
			assertThat(response.request().headers()).doesNotContainKey(PaymentHeader.SIGNATURE);
			String text = (response.body() != null) ? Util.toString(response.body().asReader(StandardCharsets.UTF_8))
					: "";
			return response.status() + " " + text;
		}
	}

	/** As Boot makes them. */
	private static HttpClient following() {
		return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
	}

	private static Buyer named(String name, Buyer buyer) {
		return new Buyer() {
			@Override
			public String buy(Payments payments, URI url, String body) throws Exception {
				return buyer.buy(payments, url, body);
			}

			@Override
			public String toString() {
				return name;
			}
		};
	}

	interface Buyer {

		String buy(Payments payments, URI url, String body) throws Exception;

	}

}
