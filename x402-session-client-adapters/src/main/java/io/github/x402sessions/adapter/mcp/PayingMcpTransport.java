package io.github.x402sessions.adapter.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.x402sessions.client.Payments;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import reactor.core.publisher.Mono;

/**
 * Pays for the tools that a client calls, whatever transport its messages go by: a call
 * that the server answers with what it costs is made once more with a payment, within the
 * limits of who pays and those of this transport, and the client gets the paid result.
 * What is not paid for it gets as it is. Nothing is paid but calls of tools that the
 * client made, and each of them once. Thread-safe.
 *
 * <pre class="code">
 * McpClientTransport transport = PayingMcpTransport.builder(plain, session.payments())
 *     .server(URI.create("https://tools.example/mcp"))
 *     .maxPerTool("0.50", Duration.ofDays(1))
 *     .build();
 * McpSyncClient client = McpClient.sync(transport).build();
 * </pre>
 */
public final class PayingMcpTransport implements McpClientTransport {

	/**
	 * In the {@code _meta} of a call: the caller's name for one that it may make again,
	 * and that is paid once then. It does not go to the server.
	 */
	public static final String IDEMPOTENCY_KEY = "x402/idempotency-key";

	private static final String CANCELLED = "notifications/cancelled";

	private static final String REQUEST_ID = "requestId";

	private final McpClientTransport plain;

	private final ToolCalls calls;

	private final ListedPrices prices = new ListedPrices();

	PayingMcpTransport(McpClientTransport plain, Payments payments, URI server, ToolLimits limits, Duration timeout) {
		this.plain = plain;
		this.calls = new ToolCalls(plain, timeout, (call) -> payments.toolCall(server, call.tool(), call.key(),
				limits.of(call, this.prices.of(call.tool()))));
	}

	/**
	 * Start to describe a transport.
	 * @param plain sends and receives the messages; it must follow no redirects to other
	 * servers, which would get the payments
	 * @param payments who pays
	 * @return a builder
	 */
	public static PayingMcpTransportBuilder builder(McpClientTransport plain, Payments payments) {
		return new PayingMcpTransportBuilder(plain, payments);
	}

	@Override
	public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
		this.calls.deliverTo(handler);
		return this.plain.connect((incoming) -> handler.apply(incoming.doOnNext(this.prices::hear)
			.mapNotNull((message) -> (message instanceof McpSchema.JSONRPCResponse response)
					? this.calls.receive(response).orElse(null) : message)));
	}

	@Override
	public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
		if (message instanceof McpSchema.JSONRPCRequest request) {
			return ToolRequest.of(request).map(this.calls::start).orElseGet(() -> this.calls.post(message));
		}
		return this.calls.post((message instanceof McpSchema.JSONRPCNotification notification
				&& CANCELLED.equals(notification.method())) ? cancelled(notification) : message);
	}

	/** The server knows what is cancelled by the id that was sent last. */
	private McpSchema.JSONRPCNotification cancelled(McpSchema.JSONRPCNotification notification) {
		if (!(notification.params() instanceof Map<?, ?> params) || params.get(REQUEST_ID) == null) {
			return notification;
		}
		return this.calls.cancel(params.get(REQUEST_ID)).map((id) -> {
			Map<Object, Object> changed = new LinkedHashMap<>(params);
			changed.put(REQUEST_ID, id);
			return new McpSchema.JSONRPCNotification(notification.jsonrpc(), notification.method(), changed);
		}).orElse(notification);
	}

	/** How many calls are under way. */
	int underWay() {
		return this.calls.size();
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.fromRunnable(this.calls::close).then(this.plain.closeGracefully());
	}

	@Override
	public void close() {
		this.calls.close();
		this.plain.close();
	}

	@Override
	public void setExceptionHandler(Consumer<Throwable> handler) {
		this.plain.setExceptionHandler(handler);
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> typeRef) {
		return this.plain.unmarshalFrom(data, typeRef);
	}

	@Override
	public List<String> protocolVersions() {
		return this.plain.protocolVersions();
	}

}
