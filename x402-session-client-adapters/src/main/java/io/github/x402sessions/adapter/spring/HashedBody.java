package io.github.x402sessions.adapter.spring;

import java.security.MessageDigest;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * Hash of a request's body, taken as it is written: before it is sent, where it is a
 * single value that is at hand, or none, and else once it was sent. Where it is written
 * piece by piece it is not known before that, and where it is flushed so, never.
 */
final class HashedBody {

	private final ClientRequest request;

	private final ExchangeStrategies strategies;

	private volatile @Nullable String written;

	/**
	 * Create it.
	 * @param request the request
	 * @param strategies how its body is written
	 */
	HashedBody(ClientRequest request, ExchangeStrategies strategies) {
		this.request = request;
		this.strategies = strategies;
	}

	/** The hash of what was written last, or is going to be. */
	String hash() {
		String hash = this.written;
		return (hash != null) ? hash : hashBeforehand();
	}

	private String hashBeforehand() {
		Disposable writing = hashed().writeTo(new DiscardedRequest(this.request), this.strategies)
			.subscribe((nothing) -> {
			}, (failure) -> this.written = BodyHash.UNKNOWN);
		writing.dispose();
		String hash = this.written;
		return (hash != null) ? hash : BodyHash.UNKNOWN;
	}

	/** The same request, of which the body is hashed. */
	ClientRequest hashed() {
		return ClientRequest.from(this.request)
			.body((message, context) -> this.request.body().insert(new Hashing(message), context))
			.build();
	}

	/** Passes a body on and looks at it. */
	private final class Hashing extends ClientHttpRequestDecorator {

		private final MessageDigest digest = Sha256.begin();

		private Hashing(ClientHttpRequest message) {
			super(message);
			HashedBody.this.written = BodyHash.UNKNOWN;
		}

		/** A single value stays one, of which a connector knows the length. */
		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith((body instanceof Mono<? extends DataBuffer> value)
					? value.doOnNext(this::add).doOnSuccess((last) -> end())
					: Flux.from(body).doOnNext(this::add).doOnComplete(this::end));
		}

		@Override
		public Mono<Void> setComplete() {
			return super.setComplete().doOnSuccess((nothing) -> end());
		}

		private void add(DataBuffer buffer) {
			try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
				parts.forEachRemaining(this.digest::update);
			}
		}

		private void end() {
			HashedBody.this.written = BodyHash.soFar(this.digest);
		}

	}

}
