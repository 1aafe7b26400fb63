package io.github.x402sessions.mcp;

import java.util.List;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;

/**
 * The transports of MCP, each with a server of the SDK and a real client.
 */
@SuppressWarnings("deprecation") // of SSE, which is still spoken
enum Wire {

	STREAMABLE {

		@Override
		Agent serve(PaidTools paid, boolean async, List<TestTool> tools) throws Exception {
			var transport = HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
			start((McpStreamableServerTransportProvider) transport, paid, async, tools);
			return HttpAgent.streamable(transport);
		}

	},

	SSE {

		@Override
		Agent serve(PaidTools paid, boolean async, List<TestTool> tools) throws Exception {
			var transport = HttpServletSseServerTransportProvider.builder()
				.sseEndpoint("/sse")
				.messageEndpoint("/message")
				.build();
			start((McpServerTransportProvider) transport, paid, async, tools);
			return HttpAgent.sse(transport);
		}

	},

	STATELESS {

		@Override
		Agent serve(PaidTools paid, boolean async, List<TestTool> tools) throws Exception {
			var transport = HttpServletStatelessServerTransport.builder().messageEndpoint("/mcp").build();
			start(transport, paid, async, tools);
			return HttpAgent.streamable(transport);
		}

	},

	STDIO {

		@Override
		Agent serve(PaidTools paid, boolean async, List<TestTool> tools) throws Exception {
			StreamAgent agent = new StreamAgent();
			start(new SerialStdio(
					new StdioServerTransportProvider(McpJsonDefaults.getMapper(), agent.serverIn(), agent.serverOut())),
					paid, async, tools);
			agent.initialize();
			return agent;
		}

	};

	private static final ServerCapabilities CAPABILITIES = ServerCapabilities.builder().tools(false).logging().build();

	/** Start a server and a client of it. */
	abstract Agent serve(PaidTools paid, boolean async, List<TestTool> tools) throws Exception;

	private static void start(McpStreamableServerTransportProvider transport, PaidTools paid, boolean async,
			List<TestTool> tools) {
		if (async) {
			McpServer.async(transport)
				.capabilities(CAPABILITIES)
				.tools(tools.stream().map((tool) -> paid.wrap(tool.async())).toList())
				.build();
		}
		else {
			McpServer.sync(transport)
				.capabilities(CAPABILITIES)
				.tools(tools.stream().map((tool) -> paid.wrap(tool.sync())).toList())
				.build();
		}
	}

	private static void start(McpServerTransportProvider transport, PaidTools paid, boolean async,
			List<TestTool> tools) {
		if (async) {
			McpServer.async(transport)
				.capabilities(CAPABILITIES)
				.tools(tools.stream().map((tool) -> paid.wrap(tool.async())).toList())
				.build();
		}
		else {
			McpServer.sync(transport)
				.capabilities(CAPABILITIES)
				.tools(tools.stream().map((tool) -> paid.wrap(tool.sync())).toList())
				.build();
		}
	}

	private static void start(McpStatelessServerTransport transport, PaidTools paid, boolean async,
			List<TestTool> tools) {
		if (async) {
			McpServer.async(transport)
				.capabilities(CAPABILITIES)
				.tools(tools.stream().map((tool) -> paid.wrap(tool.statelessAsync())).toList())
				.build();
		}
		else {
			McpServer.sync(transport)
				.capabilities(CAPABILITIES)
				.tools(tools.stream().map((tool) -> paid.wrap(tool.statelessSync())).toList())
				.build();
		}
	}

}
