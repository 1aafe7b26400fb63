package io.github.x402sessions.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that no client of the SDK makes: nothing of a result leaves for them unless it
 * is paid for, and nothing is charged for twice.
 */
class HostileClientTests {

	private static final String SECRET = "cormorant-4711";

	private static final String ARGUMENTS = "{\"symbol\": \"XLM\", \"days\": 1}";

	private static final int AT_ONCE = 64;

	private final ScriptedFacilitator facilitator = ScriptedFacilitator.holding();

	private final AtomicInteger runs = new AtomicInteger();

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

	private McpSyncServer server;

	private Tomcat tomcat;

	private RawHttpClient client;

	private String session;

	private PaymentPayload payment;

	@BeforeEach
	void start() throws Exception {
		HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
			.mcpEndpoint("/mcp")
			.build();
		PaidTools paid = PaidTools.builder(new PaymentGate(this.facilitator))
			.price("quote", PaidToolsTests.route("quote", "0.05"))
			.price("other", PaidToolsTests.route("other", "0.05"))
			.build();
		this.server = McpServer.sync((McpStreamableServerTransportProvider) transport)
			.capabilities(ServerCapabilities.builder().tools(false).build())
			.tools(Stream.of("quote", "other").map(this::tool).map((tool) -> paid.wrap(tool.sync())).toList())
			.build();
		this.tomcat = HttpAgent.tomcat(transport);
		this.client = new RawHttpClient(this.tomcat.getConnector().getLocalPort());
		this.session = this.client.initialize();
		String asked = this.client.post(this.session, RawHttpClient.call("quote", ARGUMENTS, null)).body();
		assertThat(asked).contains("payment").doesNotContain(SECRET);
		this.payment = PaymentIdentifier.random().in(Agent.payment(result(asked)));
	}

	private TestTool tool(String name) {
		return TestTool.of(name,
				(request, client) -> TestTool.text(SECRET + " run " + this.runs.incrementAndGet() + " of " + name));
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.server.close();
		HttpAgent.stop(this.tomcat);
	}

	private static CallToolResult result(String events) throws Exception {
		String message = events.lines().filter((line) -> line.startsWith("data:")).findFirst().orElseThrow();
		Map<?, ?> answer = McpJsonDefaults.getMapper().readValue(message.substring("data:".length()), Map.class);
		return McpJsonDefaults.getMapper().convertValue(answer.get("result"), CallToolResult.class);
	}

	private String call(String tool, String arguments) throws Exception {
		return this.client.post(this.session, RawHttpClient.call(tool, arguments, this.payment)).body();
	}

	@Test
	void onePaymentAtOnceInManySessionsBuysOneResult() throws Exception {
		List<String> sessions = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			sessions.add(this.client.initialize());
		}
		List<Future<String>> answers = IntStream.range(0, AT_ONCE)
			.mapToObj((i) -> this.threads.submit(
					() -> this.client
						.post(sessions.get(i % sessions.size()),
								RawHttpClient.call((i % 3 == 0) ? "other" : "quote", "{\"days\": " + i % 2 + "}",
										this.payment))
						.body()))
			.toList();
		List<String> results = new ArrayList<>();
		for (Future<String> answer : answers) {
			results.add(answer.get());
		}
		assertThat(this.runs).hasValue(1);
		assertThat(this.facilitator.settled()).hasSize(1);
		assertThat(results).filteredOn((result) -> result.contains(SECRET))
			.isNotEmpty()
			.allMatch((result) -> result.contains(SECRET + " run 1") && result.contains(PaymentMeta.RESPONSE));
		assertThat(results).filteredOn((result) -> !result.contains(SECRET))
			.allMatch((result) -> result.contains("payment_identifier_"));
	}

	@Test
	void aCallThatIsCutOffIsChargedOnceAndAnsweredInAnotherSession() throws Exception {
		this.client.postAndLeave(this.session, RawHttpClient.call("quote", ARGUMENTS, this.payment));
		Eventually.isTrue(() -> this.facilitator.settled().size() == 1);
		assertThat(this.client.delete(this.session)).isEqualTo(200);
		this.session = this.client.initialize();
		Eventually.isTrue(() -> answered().contains(SECRET + " run 1"));
		assertThat(this.runs).hasValue(1);
		assertThat(this.facilitator.settled()).hasSize(1);
	}

	private String answered() {
		try {
			return call("quote", ARGUMENTS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aPaymentBuysItsOwnCallOnly() throws Exception {
		assertThat(call("quote", ARGUMENTS)).contains(SECRET);
		assertThat(call("quote", "{\"days\": 1, \"symbol\": \"XLM\"}")).contains(SECRET + " run 1 ");
		for (String other : List.of("{\"symbol\": \"XLM\", \"days\": 1.0}", "{\"symbol\": \"XLM\", \"days\": \"1\"}",
				"{\"symbol\": \"XLM\", \"days\": 1, \"days\": 2}", "{\"symbol\": \"XLM\", \"days\": [1]}",
				"{\"symbol\": \"XLM\", \"days\": 1, \"until\": null}", "{\"symbol\": \"XLM\", \"days\": null}",
				"{\"symbol\": \"XLM\"}", "{}")) {
			assertThat(call("quote", other)).as(other).contains("payment_identifier_conflict").doesNotContain(SECRET);
		}
		assertThat(call("other", ARGUMENTS)).contains("payment_identifier_conflict").doesNotContain(SECRET);
		assertThat(this.runs).hasValue(1);
		assertThat(this.facilitator.settled()).hasSize(1);
	}

	static Stream<String> wrongPlacesForAPayment() {
		return Stream.of(
				"[{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"tools/call\", \"params\": %s}]"
					.formatted("{\"name\": \"quote\", \"_meta\": {\"x402/payment\": %1$s}}"),
				message("{\"name\": \"quote\", \"_meta\": [{\"x402/payment\": %1$s}]}"),
				message("{\"name\": \"quote\", \"_meta\": {\"x402/payment\": [%1$s]}}"),
				message("{\"name\": \"quote\", \"_meta\": {\"x402/payment\": \"%2$s\"}}"),
				message("{\"name\": \"quote\", \"_meta\": {\"x402/payment\": {\"a\": %1$s}}}"),
				message("{\"name\": \"quote\", \"_meta\": {\"X402/Payment\": %1$s}}"),
				message("{\"name\": \"quote\", \"arguments\": {\"x402/payment\": %1$s}}"),
				message("{\"name\": \"quote\", \"arguments\": {\"_meta\": {\"x402/payment\": %1$s}}}"),
				message("{\"name\": \"quote\"}, \"_meta\": {\"x402/payment\": %1$s}"),
				message("{\"name\": \"Quote\", \"_meta\": {\"x402/payment\": %1$s}}"),
				message("{\"name\": \"quote \", \"_meta\": {\"x402/payment\": %1$s}}"),
				message("{\"name\": \"mcp://tool/quote\", \"_meta\": {\"x402/payment\": %1$s}}"),
				message("{\"name\": \"quote\", \"_meta\": {\"x402/payment\": %1$s, \"pad\": %3$s}}"),
				message("{\"name\": \"quote\", \"_meta\": {\"x402/payment\": %3$s}}"),
				"{\"jsonrpc\": \"2.0\", \"method\": \"tools/call\", \"params\": {\"name\": \"quote\", \"_meta\": {\"x402/payment\": %1$s}}}");
	}

	private static String message(String params) {
		return "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"tools/call\", \"params\": " + params + "}";
	}

	@ParameterizedTest
	@MethodSource("wrongPlacesForAPayment")
	void whatIsNotWhereAPaymentBelongsBuysNothing(String body) throws Exception {
		byte[] json = WireJson.write(this.payment);
		String deep = "{\"a\": ".repeat(2_000) + "1" + "}".repeat(2_000);
		String answer = this.client
			.post(this.session, body.formatted(new String(json, StandardCharsets.UTF_8),
					Base64.getEncoder().encodeToString(json), deep))
			.body();
		assertThat(answer).doesNotContain(SECRET);
		assertThat(this.runs).hasValue(0);
		assertThat(this.facilitator.settled()).isEmpty();
		assertThat(call("quote", ARGUMENTS)).contains(SECRET);
	}

}
