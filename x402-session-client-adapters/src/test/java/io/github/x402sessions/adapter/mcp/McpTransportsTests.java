package io.github.x402sessions.adapter.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.fixtures.Eventually;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that clients and servers of the SDK agree about payments, whatever is between
 * them.
 */
class McpTransportsTests {

	private final ToolBuyer buyer = new ToolBuyer();

	@ParameterizedTest
	@EnumSource
	void aSynchronousClientPays(Between between) {
		try (Connection connection = between.connect();
				McpSyncClient client = McpClient.sync(paying(connection)).build()) {
			client.initialize();
			assertThat(client.listTools().tools()).hasSameSizeAs(ToolShop.TOOLS);
			McpSchema.CallToolResult bought = client.callTool(request("quote"));
			assertThat(bought.isError()).isNotEqualTo(true);
			assertThat(ToolReceipt.of(bought).orElseThrow().amount()).isEqualTo(10);
			assertThat(client.callTool(request("free")).isError()).isNotEqualTo(true);
			assertThat(client.callTool(request("dear")).isError()).isTrue();
			assertThat(client.callTool(request("raised")).isError()).isTrue();
		}
		assertThat(this.buyer.events).hasSize(3);
		assertThat(this.buyer.events.get(0)).isInstanceOf(PaymentEvent.Paid.class);
	}

	/** The SDK's server of the third transport mixes up what it answers at once. */
	@ParameterizedTest
	@EnumSource(names = { "STREAMABLE_HTTP", "PIPES" })
	void manyCallsOfAnAsynchronousClientKeepToTheBudget(Between between) {
		this.buyer.budget(200);
		try (Connection connection = between.connect()) {
			McpAsyncClient client = McpClient.async(paying(connection)).build();
			client.initialize().block(Eventually.PATIENCE);
			List<McpSchema.CallToolResult> results = Flux.fromStream(IntStream.range(0, 32).boxed())
				.flatMap((i) -> client.callTool(request("quote")), 32)
				.collectList()
				.block(Eventually.PATIENCE);
			client.closeGracefully().block(Eventually.PATIENCE);
			assertThat(results).filteredOn((result) -> ToolReceipt.of(result).isPresent()).hasSize(20);
			assertThat(results).filteredOn((result) -> Boolean.TRUE.equals(result.isError())).hasSize(12);
		}
		assertThat(this.buyer.events).filteredOn(PaymentEvent.Paid.class::isInstance).hasSize(20);
		assertThat(this.buyer.events).filteredOn(PaymentEvent.Declined.class::isInstance)
			.hasSize(12)
			.allSatisfy(
					(event) -> assertThat(((PaymentEvent.Declined) event).reason()).isEqualTo(DeclineReason.BUDGET));
	}

	@ParameterizedTest
	@EnumSource(names = "PIPES")
	void aServerWithoutAUrlMayNameItsToolsForASessionWithAKey(Between between) {
		this.buyer.signing(SessionKeyPair.random());
		try (Connection connection = between.connect();
				McpSyncClient client = McpClient.sync(paying(connection)).build()) {
			client.initialize();
			assertThat(ToolReceipt.of(client.callTool(request("quote")))).isPresent();
		}
	}

	private McpClientTransport paying(Connection connection) {
		return PayingMcpTransport.builder(connection.transport(), this.buyer.at(connection.server()))
			.server(connection.server())
			.build();
	}

	private static McpSchema.CallToolRequest request(String tool) {
		return McpSchema.CallToolRequest.builder(tool).arguments(Map.of("a", 1)).build();
	}

	/** What is between client and server. */
	enum Between {

		STREAMABLE_HTTP {

			@Override
			Connection connect() {
				SdkToolServer server = SdkToolServer.streamable();
				return new Connection(HttpClientStreamableHttpTransport.builder(server.uri()).build(),
						URI.create(server.uri() + "/mcp"), server::close);
			}

		},

		EVENTS {

			@Override
			@SuppressWarnings("deprecation") // as long as the SDK has it
			Connection connect() {
				SdkToolServer server = SdkToolServer.events();
				return new Connection(HttpClientSseClientTransport.builder(server.uri()).build(),
						URI.create(server.uri()), server::close);
			}

		},

		PIPES {

			@Override
			Connection connect() {
				ServerParameters process = ServerParameters
					.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
					.args("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
							SdkToolServer.class.getName())
					.build();
				return new Connection(new StdioClientTransport(process, McpJsonDefaults.getMapper()),
						URI.create("mcp://shop"), () -> {
						});
			}

		};

		abstract Connection connect();

	}

	/**
	 * A connection to a server.
	 *
	 * @param transport what it goes by
	 * @param server the server's URL
	 * @param end ends the server
	 */
	record Connection(McpClientTransport transport, URI server, Runnable end) implements AutoCloseable {

		@Override
		public void close() {
			this.end.run();
		}

	}

}
