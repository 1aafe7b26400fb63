package io.github.x402sessions.adapter.spring;

import java.net.URI;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Request that goes nowhere: takes a body that is a single value, and refuses one that
 * comes in pieces, which may be had once only.
 */
final class DiscardedRequest extends AbstractClientHttpRequest {

	private final ClientRequest request;

	DiscardedRequest(ClientRequest request) {
		this.request = request;
	}

	@Override
	public HttpMethod getMethod() {
		return this.request.method();
	}

	@Override
	public URI getURI() {
		return this.request.url();
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return DefaultDataBufferFactory.sharedInstance;
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // as the interface
																		// has it
	public <T> T getNativeRequest() {
		return (T) this.request;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono<? extends DataBuffer> value) ? value.doOnNext(DataBufferUtils::release).then()
				: refused();
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return refused();
	}

	private static Mono<Void> refused() {
		return Mono.error(() -> new IllegalStateException("a body in pieces is not written beforehand"));
	}

	@Override
	public Mono<Void> setComplete() {
		return Mono.empty();
	}

	@Override
	protected void applyHeaders() {
		// They go nowhere.
	}

	@Override
	protected void applyCookies() {
		// They go nowhere.
	}

}
