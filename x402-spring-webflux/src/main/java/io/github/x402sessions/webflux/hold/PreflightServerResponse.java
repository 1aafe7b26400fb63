package io.github.x402sessions.webflux.hold;

import java.util.Locale;
import java.util.Set;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The answer to a CORS preflight of a priced route. Browsers send no payment with it, so
 * it is free; but anybody can send one, and not every handler minds the method. So of
 * what is answered only the status and the headers leave that a preflight is for.
 */
public final class PreflightServerResponse extends AbstractServerHttpResponse {

	private static final Set<String> HEADERS = Set.of("allow", "vary");

	private static final String CORS = "access-control-";

	private final ServerHttpResponse raw;

	/**
	 * Create an answer.
	 * @param raw the response that the client gets
	 */
	public PreflightServerResponse(ServerHttpResponse raw) {
		super(raw.bufferFactory());
		this.raw = raw;
		raw.getHeaders().forEach((name, values) -> values.forEach((value) -> getHeaders().add(name, value)));
	}

	/**
	 * Let what may leave, once somebody has answered.
	 * @param handler answers this response
	 * @return the end
	 */
	public Mono<Void> carry(Mono<Void> handler) {
		return handler.then(Mono.defer(this::setComplete)).then(Mono.fromRunnable(() -> {
			this.raw.setStatusCode(getStatusCode());
			getHeaders().forEach((name, values) -> {
				String key = name.toLowerCase(Locale.ROOT);
				if (HEADERS.contains(key) || key.startsWith(CORS)) {
					this.raw.getHeaders().put(name, values);
				}
			});
		}));
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // as Spring has it
	public <T> T getNativeResponse() {
		throw new IllegalStateException("a preflight of a priced route has no other answer");
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
		return Flux.from(body).doOnNext(DataBufferUtils::release).then();
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWithInternal(Flux.from(body).concatMap((some) -> some, 1));
	}

	@Override
	protected void applyStatusCode() {
		// Done in the end.
	}

	@Override
	protected void applyHeaders() {
		// Done in the end.
	}

	@Override
	protected void applyCookies() {
		// None leave.
	}

}
