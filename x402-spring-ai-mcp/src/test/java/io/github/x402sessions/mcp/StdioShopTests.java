package io.github.x402sessions.mcp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application without a web server, in a process of its own.
 */
class StdioShopTests {

	@Test
	void aProcessSellsItsTools() {
		ServerParameters process = ServerParameters
			.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
			.args("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
					StdioShop.class.getName(), "--spring.main.web-application-type=none",
					"--spring.main.banner-mode=off", "--spring.ai.mcp.server.stdio=true",
					"--logging.threshold.console=OFF", "--" + SpringToolsTests.PAY_TO)
			.build();
		try (McpSyncClient client = McpClient.sync(new StdioClientTransport(process, McpJsonDefaults.getMapper()))
			.requestTimeout(Duration.ofSeconds(60))
			.initializationTimeout(Duration.ofSeconds(60))
			.build()) {
			client.initialize();
			Map<String, Object> arguments = Map.of("city", "Riga");
			CallToolResult challenge = client.callTool(CallToolRequest.builder("weather").arguments(arguments).build());
			assertThat(Agent.terms(challenge).resource().url()).isEqualTo("mcp://tool/weather");
			CallToolResult bought = client.callTool(CallToolRequest.builder("weather")
				.arguments(arguments)
				.meta(Map.of(PaymentMeta.PAYMENT, ToolResults.json(Agent.payment(challenge))))
				.build());
			assertThat(Agent.text(bought)).isEqualTo("sun over Riga");
			assertThat(Agent.receipt(bought)).extracting(SettleResponse::success).isEqualTo(true);
		}
	}

}
