package io.github.x402sessions.adapter.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.consent.ApprovalRequest;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PayingMcpTransport}, with clients of the SDK against a server whose
 * every byte is scripted.
 */
class PayingMcpTransportTests {

	private static final Duration DAY = Duration.ofDays(1);

	private final RawToolServer server = new RawToolServer();

	private final ToolBuyer buyer = new ToolBuyer();

	private PayingMcpTransport transport;

	private McpAsyncClient client;

	@AfterEach
	void close() {
		if (this.client != null) {
			this.client.close();
		}
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "quote", "text" })
	void aToolIsPaidAndCalledOnceMore(String tool) {
		connect((transport) -> transport);
		McpSchema.CallToolResult result = call(tool);
		assertThat(text(result)).isEqualTo("goods");
		assertThat(ToolReceipt.of(result).orElseThrow().amount()).isEqualTo(10);
		assertThat(calls()).hasSize(2).allSatisfy((call) -> assertThat(call.arguments()).isEqualTo(Map.of("a", 1)));
		assertThat(calls().get(0).payment()).isNull();
		assertThat(SessionPayload.read(paid().get(0).payload()).sessionId()).isEqualTo(ToolBuyer.SESSION);
		assertThat(this.buyer.events).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Paid.class,
					(paid) -> assertThat(paid.url()).hasToString(this.server.uri() + "#" + tool));
		assertThat(this.transport.underWay()).isZero();
	}

	@Test
	void theRequestStaysTheSameButForThePayment() {
		connect((transport) -> transport);
		call(McpSchema.CallToolRequest.builder("quote")
			.arguments(Map.of("a", 1))
			.meta(Map.of("progressToken", "p", PayingMcpTransport.IDEMPOTENCY_KEY, "order"))
			.build());
		assertThat(calls().get(0).meta()).isEqualTo(Map.of("progressToken", "p"));
		assertThat(calls().get(1).meta().keySet()).isEqualTo(Set.of("progressToken", "x402/payment"));
		assertThat(callIds()).hasSize(2).doesNotHaveDuplicates();
	}

	@Test
	void whatIsFreeIsNotPaid() {
		connect((transport) -> transport);
		assertThat(text(call("free"))).isEqualTo("for nothing");
		assertThat(paid()).isEmpty();
		assertThat(this.buyer.events).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "dear, PRICE", "stranger, RECIPIENT", "huge, UNREADABLE", "deep, UNREADABLE", "old, UNREADABLE" })
	void whatIsOutsideTheLimitsIsTheCallersRefusal(String tool, DeclineReason reason) {
		connect((transport) -> transport);
		McpSchema.CallToolResult result = call(tool);
		assertThat(result.isError()).isTrue();
		assertThat(result.structuredContent()).isInstanceOf(Map.class);
		assertThat(paid()).isEmpty();
		assertThat(this.buyer.events).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Declined.class,
					(declined) -> assertThat(declined.reason()).isEqualTo(reason));
		assertThat(this.transport.underWay()).isZero();
	}

	@Test
	void aChallengeInAResultThatIsNoErrorIsNotPaid() {
		connect((transport) -> transport);
		assertThat(call("gift").structuredContent()).isNotNull();
		assertThat(calls()).hasSize(1);
		assertThat(this.buyer.events).isEmpty();
	}

	@Test
	void aChallengeThatAToolHasReadElsewhereIsNotPaid() {
		connect((transport) -> transport);
		assertThat(call("reader").isError()).isTrue();
		assertThat(paid()).isEmpty();
		assertThat(this.buyer.events).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "again, 1", "stubborn, 1" })
	void aServerThatAsksAgainAndAgainIsNotPaidAgainAndAgain(String tool, int payments) {
		connect((transport) -> transport);
		assertThat(call(tool).isError()).isTrue();
		assertThat(paid()).hasSize(payments);
		assertThat(this.buyer.events).anySatisfy((event) -> assertThat(event).isInstanceOf(PaymentEvent.Refused.class));
	}

	@Test
	void aSignatureThatDoesNotFitIsRenewedOnceUnderTheSameIdentifier() {
		SessionKeyPair key = SessionKeyPair.random();
		this.buyer.signing(key);
		this.server.shop.resource = this.server.uri().toString();
		connect((transport) -> transport);
		assertThat(text(call("moved"))).isEqualTo("goods");
		assertThat(paid()).hasSize(2).allSatisfy((payment) -> assertSigned(payment, key));
		assertThat(paid().stream().map((payment) -> PaymentIdentifier.of(payment).orElseThrow().id()).distinct())
			.hasSize(1);
		assertThat(call("stubborn").isError()).isTrue();
		assertThat(paid()).hasSize(4);
	}

	private void assertSigned(PaymentPayload payment, SessionKeyPair key) {
		PaymentSignature signature = Objects.requireNonNull(SessionPayload.read(payment.payload()).signature());
		PaymentStatement statement = new PaymentStatement("stellar:testnet", "CUSDC", "GSHOP", "10", "ab12", "-",
				this.server.uri().toString(), PaymentIdentifier.of(payment).orElseThrow().id(), signature.validUntil(),
				"-");
		assertThat(signature.signature()).isEqualTo(key.sign(statement.text()));
	}

	@Test
	void aSessionWithAKeySignsNoOtherOriginForAServerWithAUrl() {
		this.buyer.signing(SessionKeyPair.random());
		connect((transport) -> transport);
		assertThat(call("quote").isError()).isTrue();
		assertThat(this.buyer.events).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Declined.class,
					(declined) -> assertThat(declined.reason()).isEqualTo(DeclineReason.RESOURCE_ORIGIN));
	}

	@Test
	void aPriceAboveTheListedOneIsNotPaid() {
		connect((transport) -> transport);
		assertThat(text(call("raised"))).isEqualTo("goods");
		this.client.listTools().block(Eventually.PATIENCE);
		assertThat(call("raised").isError()).isTrue();
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(this.buyer.events).filteredOn(PaymentEvent.Declined.class::isInstance)
			.singleElement()
			.hasToString("Declined[url=" + this.server.uri()
					+ "#raised, reason=PRICE, asked=60 base units of CUSDC, why=the server's list of tools has another price]");
	}

	@Test
	void aReceiptForMoreThanAgreedStopsTheSession() {
		connect((transport) -> transport);
		call("greedy");
		assertThat(call("quote").isError()).isTrue();
		assertThat(this.buyer.events.get(0)).isInstanceOf(PaymentEvent.Overcharged.class);
		assertThat(paid()).hasSize(1);
	}

	@Test
	void aToolThatFailsWithoutAReceiptIsNotPaid() {
		connect((transport) -> transport);
		call("broken");
		assertThat(this.buyer.events).singleElement().isInstanceOf(PaymentEvent.Refused.class);
	}

	@Test
	void aPaidAnswerWithoutAReceiptIsADoubt() {
		connect((transport) -> transport);
		call("silent");
		assertThat(this.buyer.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
	}

	@Test
	void anAnswerThatGotLostIsAskedForOnceMoreWithTheSamePayment() {
		connect((transport) -> transport);
		this.server.lost.set(1);
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(paid()).hasSize(2);
		assertThat(paid().get(0).payload()).isEqualTo(paid().get(1).payload());
		assertThat(paid().get(0).extensions()).isEqualTo(paid().get(1).extensions());
		assertThat(this.buyer.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anAnswerThatStaysLostIsADoubt(boolean honouringIdentifiers) {
		connect((transport) -> transport);
		this.server.lost.set(2);
		this.server.shop.honouringIdentifiers = honouringIdentifiers;
		assertThatExceptionOfType(McpError.class).isThrownBy(() -> call("quote"))
			.withMessageContaining("may have been charged");
		assertThat(paid()).hasSize(honouringIdentifiers ? 2 : 1);
		assertThat(this.buyer.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		assertThat(this.transport.underWay()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout", "cancelled", "closed" })
	void aPaidCallThatNobodyWaitsForIsADoubt(String end) {
		this.server.answering = new CountDownLatch(1);
		connect((transport) -> end.equals("timeout") ? transport.timeout(Duration.ofMillis(500)) : transport);
		this.client.callTool(request("quote")).subscribe((result) -> {
		}, (failure) -> {
		});
		Eventually.isTrue(() -> paid().size() == 1);
		if (end.equals("cancelled")) {
			this.transport
				.sendMessage(new McpSchema.JSONRPCNotification("notifications/cancelled",
						Map.of("requestId", callIds().get(0))))
				.block(Eventually.PATIENCE);
			Eventually.isTrue(() -> this.server.messages.stream()
				.anyMatch((message) -> Map.of("requestId", callIds().get(1)).equals(message.get("params"))));
		}
		else if (end.equals("closed")) {
			this.client.closeGracefully().block(Eventually.PATIENCE);
		}
		Eventually.isTrue(() -> this.buyer.events.size() == 1);
		this.server.answering.countDown();
		assertThat(this.buyer.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		assertThat(this.transport.underWay()).isZero();
	}

	@Test
	void aFailureAfterTheAnswerIsNoLoss() {
		BlockingQueue<McpSchema.JSONRPCMessage> received = new LinkedBlockingQueue<>();
		FailingTransport plain = new FailingTransport(this.server.shop);
		PayingMcpTransport paying = PayingMcpTransport.builder(plain, this.buyer.at(this.server.uri()))
			.server(this.server.uri())
			.build();
		paying.connect((incoming) -> incoming.doOnNext(received::add)).block(Eventually.PATIENCE);
		paying
			.sendMessage(new McpSchema.JSONRPCRequest(McpSchema.METHOD_TOOLS_CALL, "1",
					Map.of("name", "quote", "arguments", Map.of("a", 1))))
			.block(Eventually.PATIENCE);
		assertThat(Eventually.next(received)).isInstanceOfSatisfying(McpSchema.JSONRPCResponse.class, (response) -> {
			assertThat(response.id()).isEqualTo("1");
			assertThat(response.result()).asString().contains("goods");
		});
		assertThat(calls()).hasSize(2);
		assertThat(this.buyer.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
		assertThat(paying.underWay()).isZero();
	}

	@Test
	void aNamedCallThatIsMadeAgainIsTheSamePayment() {
		connect((transport) -> transport);
		this.server.lost.set(2);
		McpSchema.CallToolRequest named = McpSchema.CallToolRequest.builder("quote")
			.arguments(Map.of())
			.meta(Map.of(PayingMcpTransport.IDEMPOTENCY_KEY, "order-1"))
			.build();
		assertThatExceptionOfType(McpError.class).isThrownBy(() -> call(named));
		assertThat(text(call(named))).isEqualTo("goods");
		assertThat(paid().stream().map((payment) -> PaymentIdentifier.of(payment).orElseThrow().id()).distinct())
			.hasSize(1);
	}

	@Test
	void aKnownPriceIsPaidAtOnce() {
		this.buyer.prepaying();
		connect((transport) -> transport);
		call("quote");
		this.server.lost.set(1);
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(calls()).hasSize(4);
		assertThat(paid()).hasSize(3);
		assertThat(text(call("text"))).isEqualTo("goods");
		assertThat(calls()).hasSize(6);
	}

	@Test
	void theBudgetOfAToolIsItsOwn() {
		connect((transport) -> transport.maxPerTool("0.000002", DAY));
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(call("quote").isError()).isTrue();
		assertThat(text(call("text"))).isEqualTo("goods");
		assertDeclined(DeclineReason.BUDGET);
	}

	@Test
	void theBudgetOfAServerIsForAllItsTools() {
		connect((transport) -> transport.maxPerServer("0.000002", DAY).maxPerTool("0.000002", DAY));
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(text(call("text"))).isEqualTo("goods");
		assertThat(call("quote").isError()).isTrue();
		assertDeclined(DeclineReason.BUDGET);
	}

	@Test
	void manyCallsAtOncePayWhatTheBudgetHas() {
		this.buyer.budget(200);
		connect((transport) -> transport);
		List<McpSchema.CallToolResult> results = Flux.range(0, 32)
			.flatMap((i) -> this.client.callTool(request("quote")), 32)
			.collectList()
			.block(Eventually.PATIENCE);
		assertThat(results).filteredOn((result) -> !Boolean.TRUE.equals(result.isError())).hasSize(20);
		assertThat(paid()).hasSize(20);
		assertThat(paid().stream().map((payment) -> PaymentIdentifier.of(payment).orElseThrow().id()).distinct())
			.hasSize(20);
		assertThat(this.buyer.events).filteredOn(PaymentEvent.Paid.class::isInstance).hasSize(20);
		assertThat(this.transport.underWay()).isZero();
	}

	@Test
	void somebodyIsAskedAboveAnAmount() {
		BlockingQueue<ApprovalRequest> asked = new LinkedBlockingQueue<>();
		connect((transport) -> transport.askAbove("0.0000009", asked::add));
		assertThat(text(call("quote"))).isEqualTo("goods");
		ApprovalRequest request = Eventually.next(asked);
		assertThat(request.server()).isEqualTo(this.server.uri());
		assertThat(request.tool()).isEqualTo("quote");
		assertThat(request.amount()).isEqualTo(10);
		assertThat(request.recipient()).isEqualTo("GSHOP");
		assertThat(request.arguments()).isEqualTo(Map.of("a", 1));
		assertThat(request).hasToString("ApprovalRequest[server=" + this.server.uri()
				+ ", tool=quote, amount=0.000001 CUSDC, recipient=GSHOP]");
	}

	@Test
	void nobodyIsAskedForLessOrForWhatIsNotPaidAnyway() {
		BlockingQueue<ApprovalRequest> asked = new LinkedBlockingQueue<>();
		this.buyer.budget(10);
		connect((transport) -> transport.askAbove("0.000001", asked::add));
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(call("quote").isError()).isTrue();
		assertThat(call("dear").isError()).isTrue();
		assertThat(asked).isEmpty();
	}

	@Test
	void whoDoesNotAgreePaysNothing() {
		this.buyer.budget(10);
		connect((transport) -> transport.askAbove("0", (asked) -> asked.tool().equals("text")));
		assertThat(call("quote").isError()).isTrue();
		assertDeclined(DeclineReason.NOT_APPROVED);
		assertThat(text(call("text"))).isEqualTo("goods");
	}

	@Test
	void aFailureToAnswerIsANo() {
		connect((transport) -> transport.askAbove("0", (asked) -> {
			throw new IllegalStateException(ToolBuyer.SESSION);
		}));
		assertThat(call("quote").isError()).isTrue();
		assertDeclined(DeclineReason.NOT_APPROVED);
	}

	@Test
	void noAnswerInTimeIsANo() {
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		connect((transport) -> transport.timeout(Duration.ofMillis(300)).askAbove("0", (asked) -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
			return true;
		}));
		this.client.callTool(request("quote")).subscribe();
		Eventually.opens(interrupted);
		assertThat(this.transport.underWay()).isZero();
		assertThat(text(call("free"))).isEqualTo("for nothing");
		assertThat(paid()).isEmpty();
	}

	@Test
	void aCallThatWasCancelledIsNotPaid() {
		BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
		BlockingQueue<ApprovalRequest> asked = new LinkedBlockingQueue<>();
		this.buyer.budget(10);
		connect((transport) -> transport.askAbove("0", (request) -> {
			asked.add(request);
			return answers.take();
		}));
		this.client.callTool(request("quote")).subscribe();
		Eventually.next(asked);
		Object id = callIds().get(0);
		this.transport
			.sendMessage(new McpSchema.JSONRPCNotification("notifications/cancelled", Map.of("requestId", id)))
			.block(Eventually.PATIENCE);
		answers.add(true);
		answers.add(true);
		assertThat(text(call("quote"))).isEqualTo("goods");
		assertThat(paid()).hasSize(1);
	}

	@Test
	void aCallThatIsPaidBySomebodyElseIsLeftAlone() {
		connect((transport) -> transport);
		assertThat(call(McpSchema.CallToolRequest.builder("again")
			.arguments(Map.of())
			.meta(Map.of("x402/payment", Map.of("x402Version", 2, "accepted",
					Map.of("scheme", "session", "network", "stellar:testnet", "amount", "10", "asset", "CUSDC", "payTo",
							"GSHOP", "maxTimeoutSeconds", 60, "extra", Map.of()),
					"payload", Map.of())))
			.build()).isError()).isTrue();
		assertThat(calls()).hasSize(1);
		assertThat(this.buyer.events).isEmpty();
	}

	@Test
	void noLogShowsTheSession() {
		try (CapturedLog log = CapturedLog.of("io.modelcontextprotocol", Level.DEBUG)) {
			connect((transport) -> transport);
			call("quote");
			assertThat(paid()).hasSize(1);
			assertThat(log.messages()).isNotEmpty().noneMatch((message) -> message.contains(ToolBuyer.SESSION));
		}
	}

	@Test
	void aServerThatIsNotAllowedGetsNothing() {
		connect((transport) -> transport, URI.create("https://other.example"));
		assertThat(call("quote").isError()).isTrue();
		assertDeclined(DeclineReason.ORIGIN);
	}

	@Test
	void synchronousClientsPayToo() {
		PayingMcpTransport own = transport((transport) -> transport, this.server.uri());
		try (McpSyncClient sync = McpClient.sync(own).build()) {
			sync.initialize();
			assertThat(text(sync.callTool(request("quote")))).isEqualTo("goods");
		}
	}

	@Test
	void wrongSettingsAreRefused() {
		PayingMcpTransportBuilder builder = PayingMcpTransport.builder(plain(),
				this.buyer.at(URI.create("https://a.example")));
		assertThatIllegalStateException().isThrownBy(builder::build).withMessage("the server's URL is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.server(URI.create("ftp://a.example")));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPerServer("0", DAY));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPerTool("1", Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.askAbove("-1", (asked) -> true));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.askAbove("much", (asked) -> true));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ZERO));
	}

	private void assertDeclined(DeclineReason reason) {
		assertThat(this.buyer.events).filteredOn(PaymentEvent.Declined.class::isInstance)
			.singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Declined.class,
					(declined) -> assertThat(declined.reason()).isEqualTo(reason));
	}

	private void connect(UnaryOperator<PayingMcpTransportBuilder> settings) {
		connect(settings, this.server.uri());
	}

	private void connect(UnaryOperator<PayingMcpTransportBuilder> settings, URI allowed) {
		this.transport = transport(settings, allowed);
		this.client = McpClient.async(this.transport).build();
		this.client.initialize().block(Eventually.PATIENCE);
	}

	private PayingMcpTransport transport(UnaryOperator<PayingMcpTransportBuilder> settings, URI allowed) {
		return settings.apply(PayingMcpTransport.builder(plain(), this.buyer.at(allowed)).server(this.server.uri()))
			.build();
	}

	private HttpClientStreamableHttpTransport plain() {
		return HttpClientStreamableHttpTransport.builder(this.server.uri().resolve("/").toString()).build();
	}

	private McpSchema.CallToolResult call(String tool) {
		return call(request(tool));
	}

	private McpSchema.CallToolResult call(McpSchema.CallToolRequest request) {
		return Objects.requireNonNull(this.client.callTool(request).block(Eventually.PATIENCE));
	}

	private static McpSchema.CallToolRequest request(String tool) {
		return McpSchema.CallToolRequest.builder(tool).arguments(Map.of("a", 1)).build();
	}

	private static String text(McpSchema.CallToolResult result) {
		return ((McpSchema.TextContent) result.content().get(0)).text();
	}

	/** The ids of calls, as the server got them. */
	private List<Object> callIds() {
		return this.server.messages.stream()
			.filter((message) -> "tools/call".equals(message.get("method")))
			.<Object>map((message) -> message.get("id"))
			.toList();
	}

	private List<ToolShop.Call> calls() {
		return this.server.shop.calls;
	}

	private List<PaymentPayload> paid() {
		return calls().stream().map(ToolShop.Call::payment).filter(Objects::nonNull).toList();
	}

}
