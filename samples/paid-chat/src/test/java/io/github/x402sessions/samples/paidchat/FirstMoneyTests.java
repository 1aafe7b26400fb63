package io.github.x402sessions.samples.paidchat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.TrustedAuthority;
import io.github.x402sessions.samples.local.LocalStellar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The whole system as it starts with no configuration but free ports and a fast ledger:
 * payer, resource server, facilitator and ledger over HTTP.
 */
class FirstMoneyTests {

	private static final int WORD_PRICE = 20_000;

	private static final HttpClient http = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext application;

	private static URI chat;

	private static Ledger ledger;

	private static PaymentRequirements quoteTerms;

	@BeforeAll
	static void start() throws Exception {
		application = PaidChatApplication.start("--server.port=0", "--facilitator.port=0", "--devnet.port=0",
				"--devnet.https-port=0", "--devnet.ledger-interval=200ms", "--facilitator.poll-interval=50ms",
				"--facilitator.deferred.max-age=1s");
		chat = URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
		ledger = new Ledger(URI.create(application.getEnvironment().getRequiredProperty("paid-chat.rpc-url")));
		quoteTerms = challenge(get("/api/quote")).accepts().get(0);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void theLedgerSpeaksHttpsForWhoIsGivenItsCertificate() throws Exception {
		LocalStellar embedded = application.getBean(LocalStellar.class);
		HttpRequest health = HttpRequest.newBuilder(URI.create(embedded.httpsRpcUrl()))
			.POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getHealth\"}"))
			.build();
		HttpClient trusting = TrustedAuthority.client(Files.readString(embedded.caFile()));
		assertThat(trusting.send(health, HttpResponse.BodyHandlers.ofString()).body()).contains("\"healthy\"");
		assertThatExceptionOfType(SSLHandshakeException.class)
			.isThrownBy(() -> http.send(health, HttpResponse.BodyHandlers.ofString()));
	}

	@Test
	void tenCallsAreTenSettlementsOnTheLedger() throws Exception {
		SessionSigner payer = funded();
		long merchantBefore = ledger.usdc(quoteTerms.payTo());
		Session session = open(payer, "1.00");
		List<HttpResponse<String>> responses = pay(session, 10);

		assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
		List<String> transactions = responses.stream()
			.map((response) -> PaymentReceipt.from(response).orElseThrow().transaction())
			.toList();
		assertThat(transactions).doesNotHaveDuplicates()
			.allSatisfy((transaction) -> assertThat(ledger.status(transaction)).isEqualTo("SUCCESS"));
		assertThat(ledger.usdc(quoteTerms.payTo()) - merchantBefore).isEqualTo(1_000_000);
		assertThat(ledger.usdc(payer.accountId())).isEqualTo(99_000_000);
		assertThat(session.state().spent()).isEqualTo(1_000_000);
		assertThat(session.state().remaining()).isEqualTo(9_000_000);
	}

	@Test
	void theCapEndsTheSession() throws Exception {
		SessionSigner payer = funded();
		Session session = open(payer, "0.05");
		List<HttpResponse<String>> responses = pay(session, 7);

		assertThat(responses).extracting(HttpResponse::statusCode).containsExactly(200, 200, 200, 200, 200, 402, 402);
		assertThat(challenge(responses.get(5)).error()).isEqualTo("cap_exceeded");
		assertThat(PaymentReceipt.from(responses.get(5)).orElseThrow().errorReason()).isEqualTo("cap_exceeded");
		assertThat(responses.get(5).body()).doesNotContain("\"quote\"");
		assertThat(ledger.usdc(payer.accountId())).isEqualTo(99_500_000);
	}

	@Test
	void annotatedEndpointsAreSoldToo() throws Exception {
		SessionSigner payer = funded();
		Session session = open(payer, "1.00");
		HttpResponse<String> reply = say(session, "Hello there");
		assertThat(reply.statusCode()).isEqualTo(200);
		assertThat(reply.body()).contains("embedded ELIZA-style bot");
		assertThat(PaymentReceipt.from(reply).orElseThrow().amount()).isEqualTo(1_000_000);

		HttpResponse<String> pull = session.httpClient()
			.send(HttpRequest.newBuilder(chat.resolve("/api/slot")).POST(HttpRequest.BodyPublishers.noBody()).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(pull.body()).contains("\"reels\":[");
		assertThat(ledger.usdc(payer.accountId())).isEqualTo(98_000_000);
	}

	@Test
	void aStreamIsPaidByTheWordAndSettledSoonAfter() throws Exception {
		SessionSigner payer = funded();
		Session session = open(payer, "1.00");
		HttpResponse<Stream<String>> reply = listen(session, "I need a holiday", HttpResponse.BodyHandlers.ofLines());
		PaymentReceipt receipt = PaymentReceipt.from(reply).orElseThrow();
		assertThat(receipt.amount()).isEqualTo(1_000_000);
		assertThat(receipt.extensions().get("session")).asString().contains("settlement=held");
		String commitment = receipt.commitment().orElseThrow();

		List<String> words = reply.body().filter((line) -> line.startsWith("data:")).toList();
		int price = words.size() * WORD_PRICE;
		assertThat(words).hasSizeGreaterThan(4)
			.last()
			.asString()
			.contains("\"charged\":\"" + session.asset().toDecimal(BigInteger.valueOf(price)) + "\"");
		Eventually.holds(() -> assertThat(settlement(commitment)).contains("\"status\":\"confirmed\"",
				"\"amount\":\"" + price + "\""));
		assertThat(ledger.usdc(payer.accountId())).isEqualTo(100_000_000 - price);
		assertThat(session.state().spent()).isEqualTo(price);
	}

	@Test
	void whoLeavesAStreamPaysForTheWordsThatCame() throws Exception {
		SessionSigner payer = funded();
		Session session = open(payer, "1.00");
		HttpResponse<InputStream> reply = listen(session, "I need " + "money and ".repeat(20),
				HttpResponse.BodyHandlers.ofInputStream());
		String commitment = PaymentReceipt.from(reply).orElseThrow().commitment().orElseThrow();
		try (BufferedReader events = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
			assertThat(events.readLine()).contains("\"charged\":\"0.002\"");
		}
		Eventually.holds(() -> assertThat(settlement(commitment)).contains("\"status\":\"confirmed\""));
		assertThat(100_000_000 - ledger.usdc(payer.accountId())).isBetween(1L * WORD_PRICE, 35L * WORD_PRICE);
	}

	@Test
	void aHandlersRefusalIsFree() throws Exception {
		SessionSigner payer = funded();
		Session session = open(payer, "1.00");
		HttpResponse<String> reply = say(session, " ");
		assertThat(reply.statusCode()).isEqualTo(400);
		assertThat(reply.body()).contains("'message' must be");
		assertThat(session.state().spent()).isZero();
		assertThat(ledger.usdc(payer.accountId())).isEqualTo(100_000_000);
	}

	@Test
	void whatIsFreeStaysFree() throws Exception {
		assertThat(get("/api/free").statusCode()).isEqualTo(200);
	}

	/** What pages read without a 402 is what the 402 says. */
	@Test
	void thePricesAreThoseOfThe402() throws Exception {
		String asked = get("/api/quote").headers().firstValue(PaymentHeader.REQUIRED).orElseThrow();
		assertThat(get("/api/prices").body()).contains("\"/api/quote\":\"" + asked + "\"")
			.contains("\"/api/chat\":", "\"/api/chat/stream\":", "\"/api/slot\":")
			.doesNotContain("/api/free");
	}

	@Test
	void whatIsNotThereIsAPageForPeopleAndAProblemForPrograms() throws Exception {
		HttpResponse<String> page = http.send(HttpRequest.newBuilder(chat.resolve("/nowhere"))
			.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(page.body()).contains("<h1>There is no such page</h1>");
		HttpResponse<String> problem = get("/nowhere");
		assertThat(problem.statusCode()).isEqualTo(404);
		assertThat(problem.body()).contains("\"status\":404");
		assertThat(get("/favicon.ico").statusCode()).isEqualTo(200);
	}

	@Test
	void unpaidAndWrongPaymentsAreRefused() throws Exception {
		HttpResponse<String> unpaid = get("/api/quote");
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(quoteTerms.amount()).isEqualTo("100000");
		assertThat(quoteTerms.extra()).containsKeys("areFeesSponsored", "facilitatorAddress", "spender",
				"sessionsEndpoint", "facilitatorUrl");
		assertThat(get("/api/quote", "garbage").statusCode()).isEqualTo(400);

		String id = open(funded(), "1.00").id();
		PaymentRequirements cheaper = new PaymentRequirements(quoteTerms.scheme(), quoteTerms.network(), "1",
				quoteTerms.asset(), quoteTerms.payTo(), quoteTerms.maxTimeoutSeconds(), quoteTerms.extra());
		HttpResponse<String> other = get("/api/quote", payment(cheaper, id));
		assertThat(other.statusCode()).isEqualTo(402);
		assertThat(challenge(other).error()).isEqualTo("no_matching_requirements");

		HttpResponse<String> unknown = get("/api/quote", payment(quoteTerms, "no-such-session"));
		assertThat(unknown.statusCode()).isEqualTo(402);
		assertThat(challenge(unknown).error()).isEqualTo("session_not_found");
		assertThat(unknown.body()).doesNotContain("\"quote\"");
	}

	@Test
	void pagesShowWhatASettlementDid() throws Exception {
		Session session = open(funded(), "1.00");
		String transaction = PaymentReceipt.from(pay(session, 1).get(0)).orElseThrow().transaction();
		assertThat(get("/api/ledger/transactions/" + transaction).body()).contains("\"status\":\"SUCCESS\"")
			.contains("\"function\":\"transfer_from\"")
			.contains("{\"role\":\"Spender\",\"account\":\"" + session.spender() + "\"}")
			.contains("{\"role\":\"Paid to\",\"account\":\"" + quoteTerms.payTo() + "\"}")
			.contains("\"amount\":\"" + quoteTerms.amount() + "\"")
			.doesNotContain("\"closedAt\":\"1970", "\"fee\":0,");
		assertThat(get("/api/ledger/transactions/" + "0".repeat(64)).statusCode()).isEqualTo(404);
		assertThat(get("/api/ledger").body()).doesNotContain("\"sequence\":0");
	}

	private static SessionSigner funded() {
		SessionSigner payer = SessionSigner.random();
		ledger.fund(payer.accountId(), 10);
		return payer;
	}

	private static Session open(SessionSigner payer, String cap) {
		return SessionClient.builder()
			.signer(payer)
			.facilitator(URI.create((String) quoteTerms.extra().get("facilitatorUrl")))
			.rpc(URI.create(application.getEnvironment().getRequiredProperty("paid-chat.rpc-url")))
			.recipient(quoteTerms.payTo())
			.cap(cap)
			.expiresIn(Duration.ofHours(2))
			.allowedOrigins(chat)
			.open();
	}

	private static HttpResponse<String> say(Session session, String message) throws Exception {
		return send(session, "/api/chat", message, HttpResponse.BodyHandlers.ofString());
	}

	private static <T> HttpResponse<T> listen(Session session, String message, HttpResponse.BodyHandler<T> handler)
			throws Exception {
		return send(session, "/api/chat/stream", message, handler);
	}

	private static <T> HttpResponse<T> send(Session session, String path, String message,
			HttpResponse.BodyHandler<T> handler) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(chat.resolve(path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"" + message + "\"}"))
			.build();
		return session.httpClient().send(request, handler);
	}

	private static String settlement(String commitment) throws Exception {
		URI facilitator = URI.create((String) quoteTerms.extra().get("facilitatorUrl"));
		return http
			.send(HttpRequest.newBuilder(facilitator.resolve("/settlements/" + commitment)).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private static List<HttpResponse<String>> pay(Session session, int calls) {
		HttpClient paying = session.httpClient();
		return IntStream.range(0, calls).mapToObj((call) -> {
			try {
				return paying.send(HttpRequest.newBuilder(chat.resolve("/api/quote")).build(),
						HttpResponse.BodyHandlers.ofString());
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(chat.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpResponse<String> get(String path, String payment) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(chat.resolve(path)).header(PaymentHeader.SIGNATURE, payment).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static String payment(PaymentRequirements accepted, String sessionId) {
		return PaymentHeader.encode(PaymentPayload.of(null, accepted, Map.of("sessionId", sessionId)));
	}

	private static PaymentRequired challenge(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(),
				PaymentRequired.class, 65536);
	}

}
