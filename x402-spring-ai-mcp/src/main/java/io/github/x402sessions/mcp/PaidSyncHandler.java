package io.github.x402sessions.mcp;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

/**
 * Calls a tool that blocks, once its payment is verified, and charges for what it
 * answers.
 *
 * @param <X> what the tool is given of the client
 */
record PaidSyncHandler<X>(PricedTool tool, Supplier<ToolGate> gate, ExchangeKind<X> kind,
		BiFunction<X, CallToolRequest, CallToolResult> handler)
		implements
			BiFunction<X, CallToolRequest, CallToolResult> {

	@Override
	public CallToolResult apply(X exchange, CallToolRequest request) {
		ToolCall call = this.tool.call(request, this.kind.transport().apply(exchange));
		return this.gate.get()
			.admit(this.tool, call, ToolPayment.sent(request))
			.fold((sale) -> serve(sale, exchange, request), () -> grant(call, exchange, request), (answer) -> answer);
	}

	private CallToolResult grant(ToolCall call, X exchange, CallToolRequest request) {
		try {
			return this.handler.apply(exchange, ToolPayment.verified(request, null));
		}
		finally {
			this.gate.get().granted(this.tool, call);
		}
	}

	private CallToolResult serve(ToolSale sale, X exchange, CallToolRequest request) {
		try {
			return sale.begin().orElseGet(() -> run(sale, exchange, request));
		}
		finally {
			sale.close();
		}
	}

	private CallToolResult run(ToolSale sale, X exchange, CallToolRequest request) {
		try {
			return sale.finish(this.handler.apply(this.kind.held().apply(exchange, sale.notifications()),
					ToolPayment.verified(request, sale.payment())));
		}
		catch (RuntimeException | Error ex) {
			Optional<CallToolResult> paid = sale.fail();
			if (paid.isPresent()) {
				return paid.get();
			}
			throw ex;
		}
	}

}
