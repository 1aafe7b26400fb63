package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Publishes a body of known length a second time and compares it with the first. The
 * buffer that would complete it is passed on only if the two are the same, so that no
 * server ever gets another body whole; the exchange fails instead.
 */
final class SameBody implements BodyPublisher {

	private final BodyPublisher body;

	private final long length;

	private final byte[] digest;

	SameBody(BodyPublisher body, long length, byte[] digest) {
		this.body = body;
		this.length = length;
		this.digest = digest;
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
		this.body.subscribe(new Comparing(subscriber));
	}

	/** Passes a body on as long as it can be the same. Called serially. */
	private final class Comparing implements Flow.Subscriber<ByteBuffer> {

		private final Flow.Subscriber<? super ByteBuffer> target;

		private final BodyRecord sent = new BodyRecord(0);

		private Flow.@Nullable Subscription subscription;

		private boolean failed;

		private Comparing(Flow.Subscriber<? super ByteBuffer> target) {
			this.target = target;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			this.target.onSubscribe(subscription);
		}

		@Override
		public void onNext(ByteBuffer buffer) {
			if (this.failed) {
				return;
			}
			this.sent.add(buffer);
			if (this.sent.bytes() < SameBody.this.length || isSame()) {
				this.target.onNext(buffer);
				return;
			}
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			fail();
		}

		@Override
		public void onError(Throwable failure) {
			if (!this.failed) {
				this.target.onError(failure);
			}
		}

		@Override
		public void onComplete() {
			if (isSame()) {
				this.target.onComplete();
			}
			else if (!this.failed) {
				fail();
			}
		}

		private boolean isSame() {
			return this.sent.bytes() == SameBody.this.length && this.sent.has(SameBody.this.digest);
		}

		private void fail() {
			this.failed = true;
			this.target.onError(new IOException("the paid request was given up: "
					+ "its body publisher did not publish the same body a second time"));
		}

	}

}
