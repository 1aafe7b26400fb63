package io.github.x402sessions.mcp;

import java.util.Map;
import java.util.function.Consumer;

import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import reactor.core.publisher.Mono;

/**
 * A tool of a test, for servers of all kinds.
 *
 * @param tool what the server lists
 * @param handler answers, and may say something to the client before
 */
record TestTool(Tool tool, Handler handler) {

	static TestTool of(String name, Handler handler) {
		return new TestTool(Tool.builder(name, Map.of("type", "object")).build(), handler);
	}

	/** A tool that answers with a text. */
	static CallToolResult text(String text) {
		return CallToolResult.builder().addTextContent(text).build();
	}

	McpServerFeatures.SyncToolSpecification sync() {
		return new McpServerFeatures.SyncToolSpecification(this.tool,
				(exchange, request) -> this.handler.handle(request, (text) -> exchange.loggingNotification(log(text))));
	}

	McpServerFeatures.AsyncToolSpecification async() {
		return new McpServerFeatures.AsyncToolSpecification(this.tool, (exchange, request) -> Mono.fromCallable(
				() -> this.handler.handle(request, (text) -> exchange.loggingNotification(log(text)).block())));
	}

	McpStatelessServerFeatures.SyncToolSpecification statelessSync() {
		return new McpStatelessServerFeatures.SyncToolSpecification(this.tool,
				(context, request) -> this.handler.handle(request, (text) -> {
				}));
	}

	McpStatelessServerFeatures.AsyncToolSpecification statelessAsync() {
		return new McpStatelessServerFeatures.AsyncToolSpecification(this.tool,
				(context, request) -> Mono.fromCallable(() -> this.handler.handle(request, (text) -> {
				})));
	}

	private static LoggingMessageNotification log(String text) {
		return LoggingMessageNotification.builder(LoggingLevel.ERROR, text).logger("test").build();
	}

	/** Answers a call. */
	@FunctionalInterface
	interface Handler {

		CallToolResult handle(CallToolRequest request, Consumer<String> client);

	}

}
