package io.github.x402sessions.mcp;

import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.terms.PricedRoute;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * A tool with its price, and the gate in front of it, which is asked for with the first
 * call.
 *
 * @param name the tool's name
 * @param route what it costs
 * @param output what its results have to be like
 * @param gate the gate in front of it
 * @param url the URL that the server is reached at
 */
record PricedTool(String name, PricedRoute route, OutputCheck output, Supplier<ToolGate> gate, ServerUrl url) {

	ToolCall call(CallToolRequest request, @Nullable McpTransportContext transport) {
		McpTransportContext known = (transport != null) ? transport : McpTransportContext.EMPTY;
		return ToolCall.of(request, this.url.of(known).orElseGet(() -> ToolPrices.routeName(this.name)), known);
	}

	ToolAdmission admit(ToolCall call, CallToolRequest request) {
		return this.gate.get()
			.admit(this, call, (request.meta() != null) ? request.meta().get(PaymentMeta.PAYMENT) : null);
	}

	/** What cannot be sent is not paid for. */
	CallToolResult check(CallToolResult result) {
		CallToolResult checked = this.output.apply(result);
		ToolResults.write(checked);
		return checked;
	}

	void granted(ToolCall call) {
		this.gate.get().granted(this, call);
	}

}
