package io.github.x402sessions.webflux.body;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request whose body was received before.
 */
final class ReceivedRequest extends ServerHttpRequestDecorator {

	private final Flux<DataBuffer> body;

	ReceivedRequest(ServerHttpRequest request, Flux<DataBuffer> body) {
		super(request);
		this.body = body;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return this.body;
	}

}
