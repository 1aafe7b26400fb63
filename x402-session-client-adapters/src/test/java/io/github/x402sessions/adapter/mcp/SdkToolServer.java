package io.github.x402sessions.adapter.mcp;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.github.x402sessions.fixtures.Eventually;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Servlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/**
 * Servers of the MCP Java SDK that have what a {@link ToolShop} has. Over HTTP in an
 * embedded Tomcat, or as a process of its own.
 */
final class SdkToolServer implements AutoCloseable {

	final ToolShop shop = new ToolShop();

	private final Tomcat tomcat = new Tomcat();

	private final McpSyncServer server;

	private SdkToolServer(Servlet servlet, McpServer.SyncSpecification<?> specification) {
		this.server = with(this.shop, specification);
		this.tomcat.setPort(0);
		this.tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
		Context context = this.tomcat.addContext("", null);
		Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
		wrapper.setAsyncSupported(true);
		wrapper.addMapping("/*");
		try {
			this.tomcat.start();
			this.tomcat.getConnector();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static SdkToolServer streamable() {
		HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
			.mcpEndpoint("/mcp")
			.build();
		return new SdkToolServer(transport, McpServer.sync(transport));
	}

	@SuppressWarnings("deprecation") // as long as the SDK has it
	static SdkToolServer events() {
		HttpServletSseServerTransportProvider transport = HttpServletSseServerTransportProvider.builder()
			.messageEndpoint("/message")
			.build();
		return new SdkToolServer(transport, McpServer.sync(transport));
	}

	/** The process: a server at its standard input and output. */
	public static void main(String[] args) {
		with(new ToolShop(), McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper())));
	}

	private static McpSyncServer with(ToolShop shop, McpServer.SyncSpecification<?> specification) {
		return specification.serverInfo("shop", "1")
			.capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
			.requestTimeout(Eventually.PATIENCE)
			.immediateExecution(true)
			.tools(ToolShop.TOOLS.stream()
				.map((tool) -> new McpServerFeatures.SyncToolSpecification(
						McpSchema.Tool.builder(tool, Map.of("type", "object")).meta(ToolShop.listing(tool)).build(),
						handler(shop)))
				.toList())
			.build();
	}

	@SuppressWarnings("unchecked") // a JSON object
	private static BiFunction<McpSyncServerExchange, McpSchema.CallToolRequest, McpSchema.CallToolResult> handler(
			ToolShop shop) {
		return (exchange, request) -> {
			Map<String, Object> result = shop.call(request.name(), request.arguments(),
					(request.meta() != null) ? request.meta() : Map.of());
			List<McpSchema.Content> content = ((List<Map<String, String>>) result.get("content"))
				.stream().<McpSchema
						.Content>map((part) -> McpSchema.TextContent.builder(part.get("text")).build())
				.toList();
			return new McpSchema.CallToolResult(content, Boolean.TRUE.equals(result.get("isError")),
					result.get("structuredContent"), (Map<String, Object>) result.get("_meta"));
		};
	}

	String uri() {
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
