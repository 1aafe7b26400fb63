package io.github.x402sessions.adapter.spring;

import java.security.MessageDigest;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Hash of a request's body, taken as it is written. Until it was written once, and where
 * it is flushed piece by piece, it is not known.
 */
final class HashedBody {

	private volatile String hash = BodyHash.UNKNOWN;

	/** The hash of what was written last. */
	String hash() {
		return this.hash;
	}

	/** The same request, of which the body is hashed. */
	ClientRequest of(ClientRequest request) {
		return ClientRequest.from(request)
			.body((message, context) -> request.body().insert(new Hashing(message), context))
			.build();
	}

	/** Passes a body on and looks at it. */
	private final class Hashing extends ClientHttpRequestDecorator {

		private final MessageDigest digest = Sha256.begin();

		private Hashing(ClientHttpRequest message) {
			super(message);
			HashedBody.this.hash = BodyHash.UNKNOWN;
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
			HashedBody.this.hash = BodyHash.soFar(this.digest);
		}

	}

}
