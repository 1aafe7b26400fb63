package io.github.x402sessions.mcp.client;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.adapter.mcp.PayingMcpTransport;
import io.github.x402sessions.adapter.mcp.ToolReceipt;
import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.X402Client;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.payment.consent.PaymentApproval;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.mcp.client.common.autoconfigure.McpClientAutoConfiguration;
import org.springframework.ai.mcp.client.common.autoconfigure.McpToolCallbackAutoConfiguration;
import org.springframework.ai.mcp.client.common.autoconfigure.McpSseClientConnectionDetails;
import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.client.common.autoconfigure.StdioTransportAutoConfiguration;
import org.springframework.ai.mcp.client.common.autoconfigure.annotations.McpClientAnnotationScannerAutoConfiguration;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpStreamableHttpClientProperties;
import org.springframework.ai.mcp.client.httpclient.autoconfigure.StreamableHttpHttpClientTransportAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class X402McpClientAutoConfigurationTests {

	private static final String SAVED = """
			{"facilitator":"http://localhost:1","network":"stellar:testnet",
			"user":"GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG","asset":"%s","assetDecimals":7,
			"recipient":"%s","spender":"GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG","cap":"10000000",
			"expirationLedger":1000,"approvalTransaction":"%s","expiresAt":4102444800,"secretSessionId":"very-secret-id"}
			"""
		.formatted(QuoteServer.USDC, QuoteServer.MERCHANT, "ab".repeat(32));

	private final QuoteServer server = new QuoteServer();

	private final ApplicationContextRunner runner = runner(this.server);

	static ApplicationContextRunner runner(QuoteServer server) {
		return unconnected()
			.withPropertyValues("spring.ai.mcp.client.streamable-http.connections.quotes.url=" + server.url());
	}

	private static ApplicationContextRunner unconnected() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(
				StdioTransportAutoConfiguration.class, StreamableHttpHttpClientTransportAutoConfiguration.class,
				McpClientAutoConfiguration.class, McpToolCallbackAutoConfiguration.class,
				McpClientAnnotationScannerAutoConfiguration.class, X402McpClientAutoConfiguration.class));
	}

	static Session session(String... origins) {
		SavedSession saved = SavedSession.fromJson(SAVED);
		return SessionClient.builder(saved)
			.allowedOrigins(List.of(origins).stream().map(URI::create).toArray(URI[]::new))
			.build()
			.restore(saved);
	}

	private ApplicationContextRunner paying() {
		return this.runner.withBean(Session.class, () -> session(this.server.url()),
				(bean) -> bean.setDestroyMethodName(""));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void synchronousClientsPay() {
		paying().run((context) -> {
			McpSchema.CallToolResult result = call(context);
			assertThat(ToolReceipt.of(result)).map(PaymentReceipt::success).contains(true);
			assertThat(this.server.payments).hasSize(1);
		});
	}

	@Test
	void asynchronousClientsPay() {
		paying().withPropertyValues("spring.ai.mcp.client.type=ASYNC").run((context) -> {
			McpAsyncClient client = (McpAsyncClient) context.getBean("mcpAsyncClients", List.class).get(0);
			McpSchema.CallToolResult result = client.callTool(request()).block();
			assertThat(ToolReceipt.of(result)).isPresent();
		});
	}

	@Test
	void aClientPaysBeforeASession() {
		X402Client client = X402Client.builder()
			.signer(SessionSigner.random())
			.maxPerCall("0.10")
			.allowedOrigins(URI.create("https://other.example"))
			.build();
		paying().withBean(X402Client.class, () -> client, (bean) -> bean.setDestroyMethodName("")).run((context) -> {
			assertThat(connection(context).transport()).isInstanceOf(PayingMcpTransport.class);
			assertThat(call(context).isError()).isTrue();
			assertThat(this.server.payments).isEmpty();
		});
	}

	@Test
	void nobodyPaysWhereNobodyCan() {
		this.runner.run((context) -> {
			assertThat(call(context).isError()).isTrue();
			assertThat(connection(context).transport()).isInstanceOf(HttpClientStreamableHttpTransport.class);
		});
	}

	@Test
	void nobodyPaysWhereThatIsOff() {
		paying().withPropertyValues("x402.client.mcp.enabled=false").run((context) -> {
			assertThat(call(context).isError()).isTrue();
			assertThat(context).doesNotHaveBean(PayingTransports.class);
		});
	}

	@Test
	void nothingIsDoneWithoutTheAdapters() {
		paying().withClassLoader(new FilteredClassLoader(PayingMcpTransport.class))
			.run((context) -> assertThat(call(context).isError()).isTrue());
	}

	@ParameterizedTest
	@CsvSource({ "max-per-tool", "max-per-server" })
	void limitsAreKept(String property) {
		paying().withPropertyValues("x402.client.mcp." + property + "=0.25", "x402.client.mcp.period=1h")
			.run((context) -> {
				assertThat(call(context).isError()).isFalse();
				assertThat(call(context).isError()).isFalse();
				assertThat(call(context).isError()).isTrue();
				assertThat(this.server.payments).hasSize(2);
			});
	}

	@Test
	void somebodyHasToAgree() {
		ApplicationContextRunner asked = paying().withBean(PaymentApproval.class, () -> (request) -> false);
		asked.run((context) -> assertThat(call(context).isError()).isTrue());
		asked.withPropertyValues("x402.client.mcp.ask-above=0.09")
			.run((context) -> assertThat(call(context).isError()).isTrue());
		assertThat(this.server.payments).isEmpty();
		asked.withPropertyValues("x402.client.mcp.ask-above=0.10")
			.run((context) -> assertThat(call(context).isError()).isFalse());
	}

	@ParameterizedTest
	@CsvSource({ "max-per-tool, much", "max-per-server, 0", "max-per-tool, -1", "period, 0s", "ask-above, 0.10" })
	void wrongPropertiesAreNamed(String property, String value) {
		paying().withPropertyValues("x402.client.mcp." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessageContaining("x402.client.mcp." + property));
	}

	@Test
	void connectionsOfTheApplicationPayToo() {
		unconnected().withBean(Session.class, () -> session("mcp://desk"), (bean) -> bean.setDestroyMethodName(""))
			.withBean("own", List.class,
					() -> List.of(new NamedClientMcpTransport("desk",
							HttpClientStreamableHttpTransport.builder(this.server.url()).build())))
			.run((context) -> assertThat(
					((NamedClientMcpTransport) context.getBean("own", List.class).get(0)).transport())
				.isInstanceOf(PayingMcpTransport.class));
	}

	@Test
	void processesHaveTheirConnectionsNameForAUrl() {
		paying().run((context) -> {
			ConnectionUrls urls = new ConnectionUrls(context.getBeanProvider(McpStreamableHttpClientProperties.class),
					context.getBeanProvider(McpSseClientConnectionDetails.class));
			StdioClientTransport process = new StdioClientTransport(ServerParameters.builder("none").build(),
					McpJsonDefaults.getMapper());
			assertThat(urls.of(new NamedClientMcpTransport("quotes", process))).hasToString("mcp://quotes");
			assertThat(urls.of(new NamedClientMcpTransport("quotes",
					HttpClientStreamableHttpTransport.builder("http://localhost").build())))
				.hasToString(this.server.url());
		});
	}

	private static McpSchema.CallToolResult call(AssertableApplicationContext context) {
		return ((McpSyncClient) context.getBean("mcpSyncClients", List.class).get(0)).callTool(request());
	}

	private static NamedClientMcpTransport connection(AssertableApplicationContext context) {
		return (NamedClientMcpTransport) context.getBean("streamableHttpHttpClientTransports", List.class).get(0);
	}

	private static McpSchema.CallToolRequest request() {
		return McpSchema.CallToolRequest.builder("quote").arguments(Map.of()).build();
	}

}
