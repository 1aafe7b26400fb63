package io.github.x402sessions.samples.agent.tools;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.adapter.mcp.PayingMcpTransport;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.funds.CallAllowance;
import io.github.x402sessions.samples.agent.report.Report;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tools of a server with their prices, and calls one within the user's limits.
 *
 * @param server the server
 * @param funds pay
 * @param report is told
 */
public record ToolClient(ToolServer server, AgentFunds funds, Report report) {

	/** Nothing is paid. */
	public List<ListedTool> list() {
		return this.server.with(this.server.transport(), this::list);
	}

	private List<ListedTool> list(McpSyncClient client) {
		try {
			List<ListedTool> tools = client.listTools()
				.tools()
				.stream()
				.map((tool) -> ListedTool.of(tool, this.funds.plan()))
				.toList();
			this.report.object(new ToolList(tools));
			tools.forEach((tool) -> this.report.line(tool.describe()));
			return tools;
		}
		catch (RuntimeException ex) {
			throw new CannotStartException(this.server.url() + " does not say what tools it has", ex);
		}
	}

	/**
	 * Call one.
	 * @param tool its name
	 * @param arguments for it
	 * @param key the caller's name for the call, which it may make again
	 */
	public ToolOutcome call(String tool, Map<String, Object> arguments, @Nullable String key) {
		CallAllowance call = this.funds.call(this.funds.plan().maxPrice());
		PayingMcpTransport paying = PayingMcpTransport.builder(this.server.transport(), call.payments())
			.server(this.server.url())
			.timeout(ToolServer.PATIENCE)
			.build();
		McpSchema.CallToolRequest.Builder request = McpSchema.CallToolRequest.builder(tool).arguments(arguments);
		if (key != null) {
			request.meta(Map.of(PayingMcpTransport.IDEMPOTENCY_KEY, key));
		}
		ToolOutcome outcome = this.server.with(paying, (client) -> call(client, tool, request.build(), call));
		this.report.object(outcome);
		outcome.describe().forEach(this.report::line);
		return outcome;
	}

	private ToolOutcome call(McpSyncClient client, String tool, McpSchema.CallToolRequest request, CallAllowance call) {
		try {
			// The list says what a tool costs at most, and what its result looks like.
			client.listTools();
			return ToolOutcome.of(tool, client.callTool(request), call, this.funds.plan().asset());
		}
		catch (RuntimeException ex) {
			return ToolOutcome.lost(tool, call, this.funds.plan().asset());
		}
	}

	/**
	 * Object that programs read.
	 *
	 * @param tools all tools
	 */
	record ToolList(List<ListedTool> tools) {
	}

}
