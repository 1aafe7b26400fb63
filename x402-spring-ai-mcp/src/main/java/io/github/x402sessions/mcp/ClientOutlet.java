package io.github.x402sessions.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import reactor.core.publisher.Mono;

/**
 * The ways to a client that the exchanges of both kinds of servers have.
 */
interface ClientOutlet {

	Mono<Void> log(McpSchema.LoggingMessageNotification notification);

	Mono<Void> progress(McpSchema.ProgressNotification notification);

	Mono<McpSchema.CreateMessageResult> sample(McpSchema.CreateMessageRequest request);

	Mono<McpSchema.ElicitResult> elicit(McpSchema.ElicitRequest request);

	Mono<McpSchema.ListRootsResult> roots(String cursor);

	Mono<Object> ping();

	static ClientOutlet of(McpAsyncServerExchange exchange) {
		return new ClientOutlet() {

			@Override
			public Mono<Void> log(McpSchema.LoggingMessageNotification notification) {
				return exchange.loggingNotification(notification);
			}

			@Override
			public Mono<Void> progress(McpSchema.ProgressNotification notification) {
				return exchange.progressNotification(notification);
			}

			@Override
			public Mono<McpSchema.CreateMessageResult> sample(McpSchema.CreateMessageRequest request) {
				return exchange.createMessage(request);
			}

			@Override
			public Mono<McpSchema.ElicitResult> elicit(McpSchema.ElicitRequest request) {
				return exchange.createElicitation(request);
			}

			@Override
			public Mono<McpSchema.ListRootsResult> roots(String cursor) {
				return exchange.listRoots(cursor);
			}

			@Override
			public Mono<Object> ping() {
				return exchange.ping();
			}

		};
	}

	static ClientOutlet of(McpSyncServerExchange exchange) {
		return new ClientOutlet() {

			@Override
			public Mono<Void> log(McpSchema.LoggingMessageNotification notification) {
				return Mono.fromRunnable(() -> exchange.loggingNotification(notification));
			}

			@Override
			public Mono<Void> progress(McpSchema.ProgressNotification notification) {
				return Mono.fromRunnable(() -> exchange.progressNotification(notification));
			}

			@Override
			public Mono<McpSchema.CreateMessageResult> sample(McpSchema.CreateMessageRequest request) {
				return Mono.fromCallable(() -> exchange.createMessage(request));
			}

			@Override
			public Mono<McpSchema.ElicitResult> elicit(McpSchema.ElicitRequest request) {
				return Mono.fromCallable(() -> exchange.createElicitation(request));
			}

			@Override
			public Mono<McpSchema.ListRootsResult> roots(String cursor) {
				return Mono.fromCallable(() -> exchange.listRoots(cursor));
			}

			@Override
			public Mono<Object> ping() {
				return Mono.fromCallable(exchange::ping);
			}

		};
	}

}
