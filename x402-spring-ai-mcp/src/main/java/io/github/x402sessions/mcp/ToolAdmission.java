package io.github.x402sessions.mcp;

import java.util.function.Function;
import java.util.function.Supplier;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

/**
 * The decision on a call of a priced tool: whether the tool runs, and whether it is
 * charged for.
 */
sealed interface ToolAdmission {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param sold what to make of a call that is paid for
	 * @param granted what to make of one that is free
	 * @param answered what to make of one that does not reach its tool
	 * @return the result of the case
	 */
	<T> T fold(Function<ToolSale, T> sold, Supplier<T> granted, Function<CallToolResult, T> answered);

	/**
	 * The tool runs, and its result leaves once it is paid.
	 *
	 * @param sale the course of the payment
	 */
	record Sold(ToolSale sale) implements ToolAdmission {

		@Override
		public <T> T fold(Function<ToolSale, T> sold, Supplier<T> granted, Function<CallToolResult, T> answered) {
			return sold.apply(this.sale);
		}

	}

	/** The tool runs for free. */
	record Granted() implements ToolAdmission {

		@Override
		public <T> T fold(Function<ToolSale, T> sold, Supplier<T> granted, Function<CallToolResult, T> answered) {
			return granted.get();
		}

	}

	/**
	 * The tool does not run.
	 *
	 * @param result what the client gets
	 */
	record Answered(CallToolResult result) implements ToolAdmission {

		@Override
		public <T> T fold(Function<ToolSale, T> sold, Supplier<T> granted, Function<CallToolResult, T> answered) {
			return answered.apply(this.result);
		}

	}

}
