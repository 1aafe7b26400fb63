package io.github.x402sessions.servlet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.body.SignedCallRules;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.servlet.payment.RequestPayment;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers read a signed body as any other, and never get paid for one that was not
 * signed for.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class SignedBodyTests {

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final String MULTIPART = "multipart/form-data; boundary=zz";

	private static final String LONG = "0123456789abcdef".repeat(40_000);

	/** The containers of the tests that need no other options. */
	private static final Map<Container.Kind, PaidContainer> SHARED = new EnumMap<>(Container.Kind.class);

	private static final AtomicInteger runs = new AtomicInteger();

	@Parameter
	Container.Kind kind;

	private final HttpClient http = HttpClient.newHttpClient();

	private PaidContainer shop;

	private int chargedBefore;

	@AfterEach
	void close() {
		if (!SHARED.containsValue(this.shop)) {
			this.shop.close();
		}
	}

	@AfterAll
	static void closeShared() {
		SHARED.values().forEach(PaidContainer::close);
		SHARED.clear();
	}

	/** The same handlers as without a signature, and the same answers. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			stream    | text/plain                                           | tea für zwei
			reader    | text/plain;charset=UTF-8                             | tea für zwei
			listener  | text/plain                                           | tea
			stream    | application/x-www-form-urlencoded                    | q=tea&q=two
			parameter | application/x-www-form-urlencoded                    | q=th%C3%A9+%26+tea&q=two&x&e=
			parameter | application/x-www-form-urlencoded;charset=UTF-8      | q=th%C3%A9
			parameter | application/x-www-form-urlencoded;charset=ISO-8859-1 | q=th%E9
			encoded   | application/x-www-form-urlencoded                    | q=th%C3%A9
			forwarded | application/x-www-form-urlencoded                    | q=tea
			parameter | multipart/form-data; boundary=zz                     | upload
			parts     | multipart/form-data; boundary=zz                     | upload
			parts     | multipart/form-data; boundary="zz"; charset=UTF-8    | upload
			stream    | multipart/form-data; boundary=zz                     | upload
			dispatch  | application/x-www-form-urlencoded                    | q=tea
			put       | application/x-www-form-urlencoded                    | q=tea
			put       | text/plain                                           | q=tea
			parts     | multipart/form-data; boundary=zz                     | name
			""")
	void aHandlerReadsItAsAnyOther(String handler, String type, String content) throws Exception {
		open();
		String body = switch (content) {
			case "upload" -> UPLOAD;
			case "name" -> UPLOAD.replace("a \\\"b\\\".bin", "x".repeat(400));
			default -> content;
		};
		String method = handler.equals("put") ? "PUT" : "POST";
		HttpResponse<String> unsigned = send(method, "/paid/" + handler + "?q=query", BodyPublishers.ofString(body),
				PaidContainer.payment(PaymentIdentifier.random()), "Content-Type", type);
		assertThat(unsigned.statusCode()).isEqualTo(200);
		HttpResponse<String> signed = send(method, "/paid/" + handler + "?q=query", BodyPublishers.ofString(body),
				header(PaymentIdentifier.random(), method, "/paid/" + handler + "?q=query", SignedCalls.hash(body)),
				"Content-Type", type);
		assertThat(signed.statusCode()).isEqualTo(200);
		assertThat(signed.body()).isNotEmpty().isEqualTo(unsigned.body());
	}

	private static final String UPLOAD = "--zz\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\nfirst\r\n--zz\r\n"
			+ "Content-Disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\".bin\"\r\n"
			+ "Content-Type: application/octet-stream\r\n\r\n\u0001\u007f\r\n--z\r\n\r\n--zz\r\n"
			+ "content-disposition: form-data; name=q\r\n\r\n\r\n--zz--\r\n";

	@ParameterizedTest
	@EnumSource
	void anotherBodyIsRefusedBeforeItsHandler(SettlementTiming timing) throws Exception {
		open((route) -> route.withTiming(timing), (builder) -> {
		});
		assertRefused(post("/paid/stream", "tea", SignedCalls.hash("pea")));
		assertRefused(post("/paid/stream", "tea", BodyHash.EMPTY));
		assertRefused(post("/paid/stream", "", SignedCalls.hash("tea")));
		assertThat(runs).hasValue(0);
		assertThat(this.shop.facilitator.verified).hasValue(0);
		assertThat(post("/paid/stream", "tea", SignedCalls.hash("tea")).body()).isEqualTo("tea");
		assertThat(this.shop.facilitator.charged).hasValue(this.chargedBefore + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "POST" })
	void aRequestWithoutABodyIsOfNoBytes(String method) throws Exception {
		open();
		assertRefused(send(method, "/paid/stream", BodyPublishers.noBody(),
				header(PaymentIdentifier.random(), method, "/paid/stream", SignedCalls.hash("tea"))));
		assertThat(send(method, "/paid/stream", BodyPublishers.noBody(),
				header(PaymentIdentifier.random(), method, "/paid/stream", BodyHash.EMPTY))
			.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream", "listener", "ignoring", "missing" })
	void aLongBodyIsComparedBeforeItsHandlerRuns(String handler) throws Exception {
		open();
		String other = LONG.substring(1) + "!";
		for (boolean chunked : new boolean[] { false, true }) {
			HttpResponse<String> refused = send("POST", "/paid/" + handler, publisher(other, chunked),
					header(PaymentIdentifier.random(), "POST", "/paid/" + handler, SignedCalls.hash(LONG)));
			assertRefused(refused);
			assertThat(refused.headers().firstValue("X-Goods")).isEmpty();
		}
		assertThat(runs).hasValue(0);
		assertThat(this.shop.facilitator.verified).hasValue(0);
		for (boolean chunked : new boolean[] { false, true }) {
			HttpResponse<String> answer = send("POST", "/paid/" + handler, publisher(LONG, chunked),
					header(PaymentIdentifier.random(), "POST", "/paid/" + handler, SignedCalls.hash(LONG)));
			assertThat(answer.statusCode()).isEqualTo(handler.equals("missing") ? 404 : 200);
			assertThat(answer.body())
				.hasSize((handler.equals("stream") || handler.equals("listener")) ? LONG.length() : 0);
		}
		assertThat(runs).hasValue(2);
	}

	@Test
	void whoAnswersEarlyCanReadOn() throws Exception {
		open();
		assertThat(post("/paid/early", LONG, SignedCalls.hash(LONG)).body()).isEqualTo("early 49");
	}

	/** What is kept in memory and what is not. */
	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1, 2 })
	void theLimitIsNoEdge(int more) throws Exception {
		open();
		String body = LONG.substring(0, 64 * 1024 + more);
		for (String handler : new String[] { "stream", "listener" }) {
			assertThat(send("POST", "/paid/" + handler, publisher(body, true),
					header(PaymentIdentifier.random(), "POST", "/paid/" + handler, SignedCalls.hash(body)))
				.body()).hasSameSizeAs(body);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BEFORE_HANDLER", "DURING_HANDLER" })
	void aLongBodyIsTakenWhenItsMoneyMovesFirst(SettlementTiming timing) throws Exception {
		open((route) -> route.withTiming(timing), (builder) -> {
		});
		assertRefused(post("/paid/stream", LONG + "!", SignedCalls.hash(LONG)));
		assertThat(this.shop.facilitator.settled).hasValue(0);
		assertThat(post("/paid/stream", LONG, SignedCalls.hash(LONG)).body()).hasSameSizeAs(LONG);
	}

	@Test
	void soIsALongForm() throws Exception {
		open();
		assertThat(posted("/paid/parameter", "q=" + LONG, FORM)).contains(LONG);
		String upload = UPLOAD.replace("first", LONG);
		for (String handler : List.of("parameter", "parts")) {
			assertThat(posted("/paid/" + handler, upload, MULTIPART)).contains(LONG);
		}
	}

	private String posted(String path, String body, String type) throws Exception {
		return post(path, body, SignedCalls.hash(body), "Content-Type", type).body();
	}

	@Test
	void theServerNamesTheLongestThatItTakes() throws Exception {
		open((route) -> route, (builder) -> builder.signedBodyLimit(1000));
		String body = "x".repeat(1001);
		assertProblem(asked("/paid/stream", body, "text/plain"), 413, "signed-body-too-long");
		HttpResponse<String> refused = send("POST", "/paid/stream", publisher(body, true),
				header(PaymentIdentifier.random(), "POST", "/paid/stream", SignedCalls.hash(body)));
		assertProblem(refused, 413, "signed-body-too-long");
		assertThat(refused.body()).contains("1000 bytes");
		assertThat(this.shop.facilitator.verified).hasValue(0);
		assertThat(post("/paid/stream", body, BodyHash.UNKNOWN).statusCode()).isEqualTo(200);
		assertThat(post("/paid/stream", "x".repeat(1000), SignedCalls.hash("x".repeat(1000))).statusCode())
			.isEqualTo(200);
	}

	/** What a container would not take from who has signed nothing. */
	@ParameterizedTest
	@MethodSource
	void whatIsNoFormIsTheClientsFault(String type, String body, int status) throws Exception {
		open();
		HttpResponse<String> refused = post("/paid/parameter", body, SignedCalls.hash(body), "Content-Type", type);
		assertProblem(refused, status, (status == 400) ? "malformed-form" : "signed-body-too-long");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	static Stream<Arguments> whatIsNoFormIsTheClientsFault() {
		String field = "--zz\r\nContent-Disposition: form-data; name=q\r\n\r\n\r\n";
		return Stream.of(Arguments.of(FORM, "q=%zz", 400), Arguments.of(FORM, "q=1&".repeat(2001), 413),
				Arguments.of(FORM, "q=" + "x".repeat(2 * 1024 * 1024), 413),
				Arguments.of(MULTIPART, field.repeat(3000) + "--zz--", 413),
				Arguments.of(MULTIPART, UPLOAD.replace("\r\n", "\n"), 400),
				Arguments.of(MULTIPART, UPLOAD.replace("name=q", "name=\"q"), 400), Arguments.of(MULTIPART, "", 400));
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String name) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.body()).contains("urn:x402-sessions:problem:" + name);
	}

	/** Nobody makes the server wait for a body by terms that are not its own. */
	@Test
	void theBodyIsReadLast() throws Exception {
		open((route) -> route, (builder) -> builder.signedBodyLimit(10));
		String url = this.shop.uri() + "/paid/stream";
		PaymentSignature signature = new PaymentSignature("POST", SignedCalls.hash(LONG), 1, "x");
		PaymentRequirements others = new PaymentRequirements("session", PaidContainer.TERMS.network(), "1",
				PaidContainer.TERMS.asset(), PaidContainer.TERMS.payTo(), 300, Map.of());
		for (PaymentRequirements terms : List.of(others, PaidContainer.TERMS)) {
			PaymentPayload payment = PaymentPayload.of(new ResourceInfo(url, null, null), terms,
					new SessionPayload("s", signature).toPayload());
			PaymentPayload sent = terms.equals(others) ? PaymentIdentifier.random().in(payment) : payment;
			assertThat(send("POST", "/paid/stream", BodyPublishers.ofString(LONG), PaymentHeader.encode(sent))
				.statusCode()).isEqualTo(terms.equals(others) ? 402 : 400);
		}
		assertRefused(send("POST", "/paid/length", BodyPublishers.ofString(LONG),
				header(PaymentIdentifier.random(), "POST", "/paid/stream", SignedCalls.hash(LONG))));
	}

	@Test
	void whoCannotKnowTheBodyLeavesItOpenUnlessTheServerInsists() throws Exception {
		open();
		assertThat(post("/paid/stream", "tea", BodyHash.UNKNOWN).body()).isEqualTo("tea");
		open((route) -> route, (builder) -> builder.requireSignedBody(true));
		HttpResponse<String> refused = post("/paid/stream", "tea", BodyHash.UNKNOWN);
		assertRefused(refused);
		assertThat(PaidContainer.receipt(refused).errorMessage()).contains("has to be signed");
		assertThat(post("/paid/stream", "tea", SignedCalls.hash("tea")).body()).isEqualTo("tea");
		assertThat(this.shop.pay("/paid/stream").statusCode()).isEqualTo(200);
	}

	@Test
	void theUrlIsThatOfTheServersOwnChallenge() throws Exception {
		open((route) -> route, (builder) -> builder.publicBaseUrl(URI.create("https://shop.example")));
		String url = PaidContainer.challenge(this.shop.get("/paid/stream?a=1")).resource().url();
		assertThat(url).isEqualTo("https://shop.example/shop/paid/stream?a=1");
		assertThat(get("/paid/stream?a=1", url).statusCode()).isEqualTo(200);
		assertRefused(get("/paid/stream?a=1", this.shop.uri() + "/paid/stream?a=1"));
	}

	/** Who sends a request chooses what its Host header says. */
	@Test
	void theOperatorHearsOnceThatUrlsAreTakenFromTheHost() throws Exception {
		for (boolean fixed : new boolean[] { true, false }) {
			try (CapturedLog log = CapturedLog.of(SignedCallRules.class, Level.WARN)) {
				open((route) -> route, (builder) -> {
					if (fixed) {
						builder.publicBaseUrl(URI.create("https://shop.example"));
					}
				});
				this.shop.pay("/paid/stream");
				assertThat(log.messages()).isEmpty();
				post("/paid/stream", "tea", SignedCalls.hash("tea"));
				post("/paid/stream", "tea", SignedCalls.hash("tea"));
				assertThat(log.messages()).hasSize(fixed ? 0 : 1)
					.allMatch((line) -> line.contains("Set publicBaseUrl"));
				if (fixed) {
					this.shop.close();
				}
			}
		}
	}

	/** As by a filter that understands the headers of a proxy. */
	@Test
	void soItIsBehindAProxy() throws Exception {
		Filter forwarded = (request, response, chain) -> chain
			.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

				@Override
				public StringBuffer getRequestURL() {
					return new StringBuffer("https://shop.example" + getRequestURI());
				}

			}, response);
		this.shop = new PaidContainer(this.kind, handlers(), List.of(forwarded), List.of());
		this.shop.facilitator.honouring();
		assertThat(get("/paid/stream?a=1", "https://shop.example/shop/paid/stream?a=1").statusCode()).isEqualTo(200);
		assertRefused(get("/paid/stream?a=1", this.shop.uri() + "/paid/stream?a=1"));
	}

	private HttpResponse<String> get(String path, String signedUrl) throws Exception {
		return this.shop.get(path, PaymentHeader.SIGNATURE,
				SignedCalls.header(PaymentIdentifier.random(), "GET", signedUrl, BodyHash.EMPTY));
	}

	@Test
	void whatCountsAreTheBytesOnTheWire() throws Exception {
		open();
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
			zip.write("tea".getBytes(StandardCharsets.UTF_8));
		}
		byte[] body = zipped.toByteArray();
		HttpResponse<String> answer = send("POST", "/paid/length", BodyPublishers.ofByteArray(body),
				header(PaymentIdentifier.random(), "POST", "/paid/length", BodyHash.of(body)), "Content-Encoding",
				"gzip");
		assertThat(answer.body()).isEqualTo(Integer.toString(body.length));
	}

	@Test
	void aClientMayWaitToBeAskedForItsBody() throws Exception {
		open();
		assertThat(asked("/paid/stream", "tea", "text/plain").body()).isEqualTo("tea");
		assertThat(asked("/paid/stream", LONG, "text/plain").body()).hasSameSizeAs(LONG);
	}

	/** The client sends its body only if it is asked to. */
	private HttpResponse<String> asked(String path, String body, String type) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.shop.uri() + path))
			.timeout(Eventually.PATIENCE)
			.expectContinue(true)
			.POST(BodyPublishers.ofString(body))
			.header("Content-Type", type)
			.header(PaymentHeader.SIGNATURE, header(PaymentIdentifier.random(), "POST", path, SignedCalls.hash(body)))
			.build();
		return SignedCalls.send(this.http, request);
	}

	@Test
	void aBodyThatWasReadInFrontIsNotTheSignedOne() throws Exception {
		Filter reading = (request, response, chain) -> {
			request.getParameter("q");
			chain.doFilter(request, response);
		};
		this.shop = new PaidContainer(this.kind, handlers(), List.of(reading), List.of());
		HttpResponse<String> refused = post("/paid/stream", "q=tea", SignedCalls.hash("q=tea"), "Content-Type", FORM);
		assertRefused(refused);
		assertThat(PaidContainer.receipt(refused).errorMessage()).contains("in front of");
	}

	/** Unless a filter in front of it keeps what it reads. */
	@Test
	void itMayBeReadInFrontWhereItIsKept() throws Exception {
		PaymentFilter keeping = PaymentFilter
			.builder(new PaymentGate(new ScriptedFacilitator()), (request) -> Optional.empty())
			.build();
		Filter reading = (request, response, chain) -> {
			request.getParameter("q");
			chain.doFilter(request, response);
		};
		this.shop = new PaidContainer(this.kind, handlers(), List.of(keeping.inFront(), reading), List.of());
		for (String handler : List.of("parameter", "stream")) {
			assertThat(post("/paid/" + handler, "q=tea", SignedCalls.hash("q=tea"), "Content-Type", FORM).body())
				.contains("q=tea");
		}
		assertRefused(post("/paid/stream", "q=tea", SignedCalls.hash("q=pea"), "Content-Type", FORM));
		assertThat(post("/free/stream", "q=tea", SignedCalls.hash("q=tea"), "Content-Type", FORM).body())
			.isEqualTo("q=tea");
	}

	/** So may a price or a listener. */
	@Test
	void whoDecidesOnTheRequestMayReadItsForm() throws Exception {
		open((route) -> route, (builder) -> builder.listener(new ReadingListener()));
		for (String handler : List.of("parameter", "stream")) {
			assertThat(post("/paid/" + handler, "q=tea", SignedCalls.hash("q=tea"), "Content-Type", FORM).body())
				.contains("q=tea");
		}
		assertRefused(post("/paid/parameter", "q=tea", SignedCalls.hash("q=pea"), "Content-Type", FORM));
	}

	@Test
	void aNewSignatureIsTheSameRequest() throws Exception {
		open();
		PaymentIdentifier identifier = PaymentIdentifier.random();
		assertThat(pay(identifier, "a").body()).isEqualTo("tea");
		assertThat(pay(identifier, "another").body()).isEqualTo("tea");
		assertThat(runs).hasValue(1);
		assertThat(this.shop.facilitator.charged).hasValue(this.chargedBefore + 1);
	}

	/** A metered answer is asked for again by what it has cost. */
	@ParameterizedTest
	@ValueSource(strings = { "stream", "metered" })
	void theStoredAnswerIsForWhoCanStillSign(String handler) throws Exception {
		open();
		PaymentIdentifier identifier = PaymentIdentifier.random();
		HttpResponse<String> first = pay(handler, identifier, "a");
		assertThat(first.statusCode()).isEqualTo(200);
		for (String reason : new String[] { "signature_required", "invalid_signature", "payment_expired" }) {
			this.shop.facilitator.verdict = VerifyResponse.invalid(reason, null);
			HttpResponse<String> refused = pay(handler, identifier, "a");
			assertThat(refused.statusCode()).isEqualTo(402);
			assertThat(PaidContainer.challenge(refused).error()).isEqualTo(reason);
			assertThat(PaidContainer.receipt(refused).errorReason()).isEqualTo(reason);
			assertThat(refused.body()).doesNotContain("tea");
		}
		this.shop.facilitator.verdict = VerifyResponse.valid("GP");
		this.shop.facilitator.down();
		assertThat(pay(handler, identifier, "a").statusCode()).isEqualTo(503);
		this.shop.facilitator.up();
		HttpResponse<String> again = pay(handler, identifier, "another");
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(again.headers().firstValue(PaymentHeader.RESPONSE))
			.isEqualTo(first.headers().firstValue(PaymentHeader.RESPONSE));
		assertThat(runs).hasValue(1);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	/** Nobody keeps the payer from its answer by sending its payment elsewhere. */
	@Test
	void aPaymentThatWasSentElsewhereFirstIsStillGood() throws Exception {
		open();
		PaymentIdentifier identifier = PaymentIdentifier.random();
		String header = header(identifier, "POST", "/paid/stream", SignedCalls.hash("tea"));
		assertRefused(send("POST", "/paid/parameter", BodyPublishers.ofString("tea"), header));
		assertRefused(send("POST", "/paid/stream", BodyPublishers.ofString("pea"), header));
		assertThat(send("POST", "/paid/stream", BodyPublishers.ofString("tea"), header).body()).isEqualTo("tea");
	}

	private HttpResponse<String> pay(PaymentIdentifier identifier, String signature) throws Exception {
		return pay("stream", identifier, signature);
	}

	private HttpResponse<String> pay(String handler, PaymentIdentifier identifier, String signature) throws Exception {
		String path = "/paid/" + handler;
		return send("POST", path, BodyPublishers.ofString("tea"),
				SignedCalls.header(identifier, "POST", this.shop.uri() + path, SignedCalls.hash("tea"), signature));
	}

	private HttpResponse<String> post(String path, String body, String hash, String... headers) throws Exception {
		return send("POST", path, BodyPublishers.ofString(body), header(PaymentIdentifier.random(), "POST", path, hash),
				headers);
	}

	private String header(PaymentIdentifier identifier, String method, String path, String hash) {
		return SignedCalls.header(identifier, method, this.shop.uri() + path, hash);
	}

	private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String payment,
			String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.shop.uri() + path))
			.timeout(Eventually.PATIENCE)
			.method(method, body)
			.header(PaymentHeader.SIGNATURE, payment);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return SignedCalls.send(this.http, request.build());
	}

	private static HttpRequest.BodyPublisher publisher(String body, boolean chunked) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return chunked ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
				: BodyPublishers.ofByteArray(bytes);
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(PaidContainer.challenge(response).error()).isEqualTo("resource_mismatch");
		assertThat(PaidContainer.receipt(response).success()).isFalse();
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("resource_mismatch");
	}

	private void open() throws Exception {
		PaidContainer shared = SHARED.get(this.kind);
		this.shop = (shared != null) ? shared : started((route) -> route, (builder) -> {
		});
		SHARED.put(this.kind, this.shop);
		this.shop.facilitator.forget();
		this.chargedBefore = this.shop.facilitator.charged.get();
		runs.set(0);
	}

	private void open(UnaryOperator<PricedRoute> route, Consumer<PaymentFilterBuilder> customizer) throws Exception {
		this.shop = started(route, customizer);
		this.shop.facilitator.honouring();
		runs.set(0);
	}

	private PaidContainer started(UnaryOperator<PricedRoute> route, Consumer<PaymentFilterBuilder> customizer)
			throws Exception {
		return new PaidContainer(this.kind, handlers(), route, (builder) -> {
			builder.holdBudget(1024 * 1024);
			customizer.accept(builder);
		});
	}

	private static Map<String, Handlers.Handler> handlers() {
		Map<String, Handlers.Handler> handlers = new LinkedHashMap<>();
		handlers.put("stream", (request, response) -> {
			runs.incrementAndGet();
			byte[] body = request.getInputStream().readAllBytes();
			response.setHeader("X-Goods", "goods");
			response.getOutputStream().write(body);
		});
		handlers.put("metered", (request, response) -> {
			runs.incrementAndGet();
			RequestPayment.of(request).orElseThrow().charge("0.02");
			response.getWriter().print("tea");
		});
		handlers.put("reader", (request, response) -> {
			response.setCharacterEncoding("UTF-8");
			response.getWriter().print(request.getReader().readLine());
		});
		handlers.put("length",
				(request, response) -> response.getWriter().print(request.getInputStream().readAllBytes().length));
		handlers.put("ignoring", (request, response) -> {
			runs.incrementAndGet();
			response.setHeader("X-Goods", "goods");
		});
		handlers.put("missing", (request, response) -> {
			runs.incrementAndGet();
			response.setStatus(404);
			response.setHeader("X-Goods", "goods");
		});
		handlers.put("put", SignedBodyTests::parameters);
		handlers.put("early", (request, response) -> {
			request.getInputStream().read();
			response.getWriter().print("early ");
			response.flushBuffer();
			response.getWriter().print(request.getInputStream().read());
		});
		handlers.put("listener", SignedBodyTests::listen);
		handlers.put("parameter", SignedBodyTests::parameters);
		handlers.put("encoded", (request, response) -> {
			request.setCharacterEncoding("UTF-8");
			parameters(request, response);
		});
		handlers.put("forwarded", (request, response) -> request.getRequestDispatcher("/free/parameter?q=more&z=1")
			.forward(request, response));
		handlers.put("dispatch", (request, response) -> request.startAsync().dispatch("/free/parameter"));
		handlers.put("parts", (request, response) -> {
			response.setCharacterEncoding("UTF-8");
			for (Part part : request.getParts()) {
				response.getWriter()
					.println(part.getName() + "|" + part.getSubmittedFileName() + "|" + part.getContentType() + "|"
							+ part.getSize() + "|" + part.getHeader("CONTENT-disposition") + "|"
							+ new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
			}
			response.getWriter().println(request.getPart("f").getSize() + " " + request.getPart("none"));
		});
		return handlers;
	}

	private static void parameters(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setCharacterEncoding("UTF-8");
		response.getWriter().println(request.getParameter("q") + " " + request.getParameter("none"));
		for (String name : request.getParameterMap().keySet().stream().sorted().toList()) {
			response.getWriter().println(name + "=" + String.join("|", request.getParameterValues(name)));
		}
	}

	private static void listen(HttpServletRequest request, HttpServletResponse response) throws IOException {
		runs.incrementAndGet();
		AsyncContext context = request.startAsync();
		ServletInputStream body = request.getInputStream();
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		body.setReadListener(new ReadListener() {

			@Override
			public void onDataAvailable() throws IOException {
				byte[] buffer = new byte[1000];
				while (body.isReady() && !body.isFinished()) {
					int count = body.read(buffer);
					read.write(buffer, 0, Math.max(0, count));
				}
			}

			@Override
			public void onAllDataRead() throws IOException {
				response.setHeader("X-Goods", "goods");
				response.getOutputStream().write(read.toByteArray());
				context.complete();
			}

			@Override
			public void onError(Throwable failure) {
				context.complete();
			}

		});
	}

	/** Asks for a parameter before the payment is looked at. */
	private static final class ReadingListener implements PaymentListener {

		@Override
		public Access onRequest(HttpServletRequest request, PricedRoute route) {
			request.getParameter("q");
			return Access.CHARGE;
		}

	}

}
