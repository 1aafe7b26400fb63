package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Publishes a body slowly. The JDK's client looks at an answer when the body has been
 * sent or the connection has ended, and finds none if it was writing at the moment when
 * the connection ended: what is written seldom leaves it the time to read first.
 */
record PacedBody(BodyPublisher body) implements BodyPublisher {

	/** How long to wait before each piece. */
	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final Executor LATER = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);

	@Override
	public long contentLength() {
		return this.body.contentLength();
	}

	@Override
	public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
		this.body.subscribe(new Pacing(subscriber));
	}

	/** Passes on what is asked for after a while. */
	private record Pacing(Flow.Subscriber<? super ByteBuffer> target) implements Flow.Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.target.onSubscribe(new Flow.Subscription() {
				@Override
				public void request(long pieces) {
					LATER.execute(() -> subscription.request(pieces));
				}

				@Override
				public void cancel() {
					subscription.cancel();
				}
			});
		}

		@Override
		public void onNext(ByteBuffer piece) {
			this.target.onNext(piece);
		}

		@Override
		public void onError(Throwable failure) {
			this.target.onError(failure);
		}

		@Override
		public void onComplete() {
			this.target.onComplete();
		}

	}

}
