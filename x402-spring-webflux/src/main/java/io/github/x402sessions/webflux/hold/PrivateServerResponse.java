package io.github.x402sessions.webflux.hold;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.challenge.ResponseHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * The answer to one who need not pay, which no cache may give to those who have to. That
 * is the last word on its head, after whatever handlers and filters have to say when it
 * leaves.
 */
public final class PrivateServerResponse extends ServerHttpResponseDecorator {

	private final OwnAnswer head;

	/**
	 * Create an answer.
	 * @param response the response that the client gets
	 * @param head its head
	 */
	public PrivateServerResponse(ServerHttpResponse response, OwnAnswer head) {
		super(response);
		this.head = head;
		keepPrivate();
	}

	/** The hooks of a response run in the order in which they came. */
	private void keepPrivate() {
		beforeCommit(() -> Mono.fromRunnable(() -> ResponseHeaders.keepPrivate(this.head)));
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		keepPrivate();
		return super.writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		keepPrivate();
		return super.writeAndFlushWith(body);
	}

	@Override
	public Mono<Void> setComplete() {
		keepPrivate();
		return super.setComplete();
	}

}
