package io.github.x402sessions.webflux.route;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * A response that takes what mappings leave behind while they are asked, and sends
 * nothing.
 */
final class ProbeResponse extends AbstractServerHttpResponse {

	ProbeResponse(ServerHttpResponse raw) {
		super(raw.bufferFactory());
		raw.getHeaders().forEach((name, values) -> values.forEach((value) -> getHeaders().add(name, value)));
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // as it is declared
	public <T> T getNativeResponse() {
		throw new IllegalStateException("nobody is answered yet");
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
		return Flux.from(body).doOnNext(DataBufferUtils::release).then();
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWithInternal(Flux.from(body).concatMap((some) -> some));
	}

	@Override
	protected void applyStatusCode() {
		// Nothing is sent.
	}

	@Override
	protected void applyHeaders() {
		// Nothing is sent.
	}

	@Override
	protected void applyCookies() {
		// Nothing is sent.
	}

}
