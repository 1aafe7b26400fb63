package io.github.x402sessions.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import reactor.core.publisher.Mono;

/**
 * The SDK's own standard streams, to which one message goes at a time: they refuse what
 * two threads send at once, and a server that is refused answers nothing any more.
 */
record SerialStdio(McpServerTransportProvider provider) implements McpServerTransportProvider {

	@Override
	public void setSessionFactory(McpServerSession.Factory factory) {
		this.provider.setSessionFactory((transport) -> factory.create(new Serial(transport)));
	}

	@Override
	public Mono<Void> notifyClients(String method, Object parameters) {
		return this.provider.notifyClients(method, parameters);
	}

	@Override
	public Mono<Void> notifyClient(String session, String method, Object parameters) {
		return this.provider.notifyClient(session, method, parameters);
	}

	@Override
	public Mono<Void> closeGracefully() {
		return this.provider.closeGracefully();
	}

	private record Serial(McpServerTransport transport) implements McpServerTransport {

		@Override
		public Mono<Void> sendMessage(JSONRPCMessage message) {
			return Mono.fromRunnable(() -> {
				synchronized (this.transport) {
					this.transport.sendMessage(message).block();
				}
			});
		}

		@Override
		public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
			return this.transport.unmarshalFrom(data, type);
		}

		@Override
		public Mono<Void> closeGracefully() {
			return this.transport.closeGracefully();
		}

	}

}
