package io.github.x402sessions.mcp.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/**
 * A server of somebody else's, whose tool {@code quote} costs 0.10 USDC and asks for it
 * as the specification's examples do.
 */
final class QuoteServer implements AutoCloseable {

	static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	static final String USDC = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";

	final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();

	private final Tomcat tomcat = new Tomcat();

	private final McpSyncServer server;

	QuoteServer() {
		HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
			.mcpEndpoint("/mcp")
			.build();
		this.server = McpServer.sync(transport)
			.serverInfo("quotes", "1")
			.capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
			.toolCall(
					McpSchema.Tool.builder("quote", Map.of("type", "object")).description("What a share costs").build(),
					(exchange, request) -> quote(request.meta()))
			.build();
		this.tomcat.setPort(0);
		this.tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
		Context context = this.tomcat.addContext("", null);
		Wrapper wrapper = Tomcat.addServlet(context, "mcp", transport);
		wrapper.setAsyncSupported(true);
		wrapper.addMapping("/*");
		try {
			this.tomcat.start();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private McpSchema.CallToolResult quote(@Nullable Map<String, Object> meta) {
		Object payment = (meta != null) ? meta.get(PaymentMeta.PAYMENT) : null;
		if (payment == null) {
			PaymentRequired asked = PaymentRequired.of("Payment required",
					new ResourceInfo("mcp://tool/quote", null, null), List.of(new PaymentRequirements("session",
							"stellar:testnet", "1000000", USDC, MERCHANT, 60, Map.of())));
			String json = PaymentMeta.encode(asked);
			return new McpSchema.CallToolResult(text(json), true, PaymentMeta.decode(json, Map.class, json.length()),
					null);
		}
		this.payments.add(PaymentMeta.decode(PaymentMeta.encode(payment), PaymentPayload.class, 8192));
		return new McpSchema.CallToolResult(text("ACME 42.00"), false, null, Map.of(PaymentMeta.RESPONSE, Map
			.of("success", true, "transaction", "ab".repeat(32), "network", "stellar:testnet", "amount", "1000000")));
	}

	private static List<McpSchema.Content> text(String text) {
		return List.of(McpSchema.TextContent.builder(text).build());
	}

	String url() {
		return "http://localhost:" + this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void close() {
		this.server.close();
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
