package io.github.x402sessions.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import reactor.core.publisher.Mono;

/**
 * The exchange with a client while its call is not settled: what a tool tells the client
 * is held, and nothing can be asked of it that says what was not paid for.
 */
final class HeldExchange extends McpAsyncServerExchange {

	private final ClientOutlet client;

	private final HeldNotifications notifications;

	@SuppressWarnings("NullAway") // everything that needs the session is overridden
	private HeldExchange(McpAsyncServerExchange exchange, ClientOutlet client, HeldNotifications notifications) {
		super(exchange.sessionId(), null, exchange.getClientCapabilities(), exchange.getClientInfo(),
				exchange.transportContext());
		this.client = client;
		this.notifications = notifications;
	}

	@SuppressWarnings("NullAway") // everything that needs the session is overridden
	private HeldExchange(McpSyncServerExchange exchange, ClientOutlet client, HeldNotifications notifications) {
		super(exchange.sessionId(), null, exchange.getClientCapabilities(), exchange.getClientInfo(),
				exchange.transportContext());
		this.client = client;
		this.notifications = notifications;
	}

	static McpAsyncServerExchange of(McpAsyncServerExchange exchange, HeldNotifications notifications) {
		return new HeldExchange(exchange, ClientOutlet.of(exchange), notifications);
	}

	static McpSyncServerExchange of(McpSyncServerExchange exchange, HeldNotifications notifications) {
		return new McpSyncServerExchange(new HeldExchange(exchange, ClientOutlet.of(exchange), notifications));
	}

	@Override
	public Mono<Void> loggingNotification(McpSchema.LoggingMessageNotification notification) {
		return this.notifications.send(() -> this.client.log(notification));
	}

	@Override
	public Mono<Void> progressNotification(McpSchema.ProgressNotification notification) {
		return this.notifications.send(() -> this.client.progress(notification));
	}

	@Override
	public Mono<McpSchema.CreateMessageResult> createMessage(McpSchema.CreateMessageRequest request) {
		return settled(Mono.defer(() -> this.client.sample(request)));
	}

	@Override
	public Mono<McpSchema.ElicitResult> createElicitation(McpSchema.ElicitRequest request) {
		return settled(Mono.defer(() -> this.client.elicit(request)));
	}

	private <T> Mono<T> settled(Mono<T> request) {
		return Mono.defer(() -> this.notifications.isOpen() ? request : Mono.error(new IllegalStateException(
				"a paid tool asks its client for nothing before it is settled; " + "settle it BEFORE_HANDLER")));
	}

	@Override
	public Mono<McpSchema.ListRootsResult> listRoots(String cursor) {
		return this.client.roots(cursor);
	}

	@Override
	public Mono<Object> ping() {
		return this.client.ping();
	}

}
