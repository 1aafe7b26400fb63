package io.github.x402sessions.adapter.mcp;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import reactor.core.publisher.Mono;

/**
 * A transport that gives the answer, and then fails.
 */
final class FailingTransport implements McpClientTransport {

	private final ToolShop shop;

	private volatile Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler;

	FailingTransport(ToolShop shop) {
		this.shop = shop;
	}

	@Override
	public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
		this.handler = handler;
		return Mono.empty();
	}

	@Override
	public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
		McpSchema.JSONRPCRequest request = (McpSchema.JSONRPCRequest) message;
		Map<?, ?> params = (Map<?, ?>) request.params();
		Map<?, ?> meta = (params.get("_meta") instanceof Map<?, ?> members) ? members : Map.of();
		Object result = this.shop.call((String) params.get("name"), (Map<?, ?>) params.get("arguments"), meta);
		this.handler.apply(Mono.just(McpSchema.JSONRPCResponse.result(request.id(), result))).block();
		return Mono.error(new IOException("cut off"));
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.empty();
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> typeRef) {
		throw new UnsupportedOperationException();
	}

}
