package io.github.x402sessions.mcp;

import io.github.x402sessions.core.terms.PricedRoute;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * A tool with its price.
 *
 * @param name the tool's name
 * @param route what it costs
 * @param output what its results have to be like
 * @param url the URL that the server is reached at
 */
record PricedTool(String name, PricedRoute route, OutputCheck output, ServerUrl url) {

	ToolCall call(CallToolRequest request, @Nullable McpTransportContext transport) {
		McpTransportContext known = (transport != null) ? transport : McpTransportContext.EMPTY;
		return ToolCall.of(request, this.url.of(known).orElseGet(() -> ToolPrices.routeName(this.name)), known);
	}

	/** What cannot be sent is not paid for. */
	CallToolResult check(CallToolResult result) {
		CallToolResult checked = this.output.apply(result);
		ToolResults.write(checked);
		return checked;
	}

}
