package io.github.x402sessions.mcp.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.adapter.mcp.PayingMcpTransport;
import io.github.x402sessions.adapter.mcp.PayingMcpTransportBuilder;
import io.github.x402sessions.adapter.mcp.ToolReceipt;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.facilitator.FacilitatorServer;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.FreePort;
import io.github.x402sessions.mcp.PaidTools;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stellar.sdk.KeyPair;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an agent with a session pays our tools on a ledger: to the last base unit.
 */
class PaidToolsOnDevnetTests {

	private static final BigInteger PRICE = BigInteger.valueOf(100_000);

	private static final AtomicInteger runs = new AtomicInteger();

	private static final Tomcat tomcat = new Tomcat();

	@TempDir
	private static Path folder;

	private static StellarDevnet devnet;

	private static FacilitatorServer facilitator;

	private static RefreshingFacilitator gate;

	private static McpSyncServer server;

	private static String merchant;

	private static URI url;

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private McpAsyncClient client;

	@BeforeAll
	static void start() throws Exception {
		devnet = StellarDevnet.builder().port(0).ledgerInterval(Duration.ofMillis(100)).start();
		KeyPair key = KeyPair.random();
		devnet.fund(key.getAccountId());
		facilitator = FacilitatorServer.start(Map.of("server.port", "0", "facilitator.secret",
				new String(key.getSecretSeed()), "facilitator.rpc-url", devnet.rpcUri().toString(),
				"facilitator.database-url", "jdbc:sqlite:" + folder.resolve("books.db"), "facilitator.poll-interval",
				"20ms", "facilitator.recipients", key.getAccountId()));
		gate = RefreshingFacilitator
			.start(FacilitatorEndpoint.of(FacilitatorOptions.of(facilitator.url()).withMaxConcurrentVerifies(64)));
		merchant = account().accountId();
		int port = FreePort.find();
		url = URI.create("http://localhost:" + port + "/mcp");
		serve(port);
	}

	private static void serve(int port) throws Exception {
		PaidTools paid = PaidTools.builder(new PaymentGate(gate))
			.price("quote",
					CommonTerms.of("session", "stellar:testnet", null, null, merchant)
						.route("mcp://tool/quote", "0.01", "A quote", "text/plain"))
			.serverUrl(url)
			.build();
		HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
			.mcpEndpoint("/mcp")
			.build();
		server = McpServer.sync(transport)
			.capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
			.tools(paid.wrap(new McpServerFeatures.SyncToolSpecification(
					McpSchema.Tool.builder("quote", Map.of("type", "object")).build(),
					(exchange, request) -> McpSchema.CallToolResult.builder()
						.addTextContent("quote " + runs.incrementAndGet())
						.build())))
			.build();
		tomcat.setPort(port);
		tomcat.setBaseDir(folder.toString());
		Wrapper wrapper = Tomcat.addServlet(tomcat.addContext("", null), "mcp", transport);
		wrapper.setAsyncSupported(true);
		wrapper.addMapping("/*");
		tomcat.getConnector();
		tomcat.start();
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
		tomcat.stop();
		tomcat.destroy();
		gate.close();
		facilitator.close();
		devnet.close();
	}

	@AfterEach
	void close() {
		if (this.client != null) {
			this.client.closeGracefully().block(Eventually.PATIENCE);
		}
	}

	@Test
	void manyCallsAtOnceKeepExactBooks() {
		SessionSigner payer = account();
		BigInteger before = devnet.usdcBalance(merchant);
		BigInteger had = devnet.usdcBalance(payer.accountId());
		int ran = runs.get();
		connect(payer, "0.20");
		List<McpSchema.CallToolResult> results = Flux.range(0, 32)
			.flatMap((i) -> this.client.callTool(request(Map.of())), 32)
			.collectList()
			.block(Eventually.PATIENCE);
		assertThat(results).filteredOn((result) -> ToolReceipt.of(result).isPresent())
			.hasSize(20)
			.allSatisfy((result) -> assertThat(ToolReceipt.of(result).orElseThrow().amount()).isEqualTo(PRICE));
		assertThat(results).filteredOn((result) -> Boolean.TRUE.equals(result.isError())).hasSize(12);
		assertThat(runs).hasValue(ran + 20);
		BigInteger spent = PRICE.multiply(BigInteger.valueOf(20));
		assertThat(devnet.usdcBalance(merchant)).isEqualTo(before.add(spent));
		assertThat(devnet.usdcBalance(payer.accountId())).isEqualTo(had.subtract(spent));
	}

	@Test
	void aNamedCallThatIsMadeAgainIsChargedOnceAndAnsweredAlike() {
		BigInteger before = devnet.usdcBalance(merchant);
		connect(account(), "1.00");
		McpSchema.CallToolRequest named = request(Map.of(PayingMcpTransport.IDEMPOTENCY_KEY, "order-1"));
		McpSchema.CallToolResult first = call(named);
		assertThat(call(named).content()).isEqualTo(first.content());
		assertThat(devnet.usdcBalance(merchant)).isEqualTo(before.add(PRICE));
		assertThat(this.events).hasSize(2).allMatch(PaymentEvent.Paid.class::isInstance);
	}

	private McpSchema.CallToolResult call(McpSchema.CallToolRequest request) {
		return Objects.requireNonNull(this.client.callTool(request).block(Eventually.PATIENCE));
	}

	private void connect(SessionSigner payer, String most) {
		Session session = SessionClient.builder()
			.signer(payer)
			.facilitator(facilitator.url())
			.recipient(merchant)
			.cap("1.00")
			.expiresIn(Duration.ofHours(1))
			.allowedOrigins(url)
			.listener(this.events::add)
			.open();
		assertThat(session.sessionKey()).isPresent();
		this.client = McpClient.async(transport(session.payments()).maxPerTool(most, Duration.ofHours(1)).build())
			.requestTimeout(Eventually.PATIENCE)
			.build();
		this.client.initialize().block(Eventually.PATIENCE);
		assertThat(this.client.listTools().block(Eventually.PATIENCE)).isNotNull();
	}

	private static PayingMcpTransportBuilder transport(Payments payments) {
		return PayingMcpTransport
			.builder(HttpClientStreamableHttpTransport.builder(url.resolve("/").toString()).build(), payments)
			.server(url)
			.timeout(Eventually.PATIENCE);
	}

	private static McpSchema.CallToolRequest request(Map<String, Object> meta) {
		return McpSchema.CallToolRequest.builder("quote").arguments(Map.of()).meta(meta).build();
	}

	/** Somebody with 100 USDC. */
	private static SessionSigner account() {
		SessionSigner account = SessionSigner.random();
		devnet.fund(account.accountId());
		devnet.faucet(account.accountId(), new BigDecimal(100));
		return account;
	}

}
