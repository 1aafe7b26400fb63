package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Publishes a body of known length a second time and compares it with what was sent of
 * the first, which is a part only where the 402 came before the end: that server has seen
 * no more of it. The buffer that completes the part is passed on only if the two are the
 * same, so that no server ever gets another body whole; the exchange fails instead. Keeps
 * none of it.
 */
final class SameBody implements BodyPublisher {

	private final BodyPublisher body;

	private final long length;

	private final BodyRecord.Part first;

	SameBody(BodyPublisher body, long length, BodyRecord.Part first) {
		this.body = body;
		this.length = length;
		this.first = first;
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

		private long bytes;

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
			this.bytes += buffer.remaining();
			compare(buffer.slice());
			if (this.sent.bytes() < SameBody.this.first.bytes() || isSame()) {
				this.target.onNext(buffer);
				return;
			}
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			fail();
		}

		/** Only as far as there is something to compare with. */
		private void compare(ByteBuffer buffer) {
			long rest = SameBody.this.first.bytes() - this.sent.bytes();
			if (rest < buffer.remaining()) {
				buffer.limit((int) rest);
			}
			this.sent.add(buffer);
		}

		@Override
		public void onError(Throwable failure) {
			if (!this.failed) {
				this.target.onError(failure);
			}
		}

		@Override
		public void onComplete() {
			if (this.bytes == SameBody.this.length && isSame()) {
				this.target.onComplete();
			}
			else if (!this.failed) {
				fail();
			}
		}

		private boolean isSame() {
			return this.bytes <= SameBody.this.length && this.sent.is(SameBody.this.first);
		}

		private void fail() {
			this.failed = true;
			this.target.onError(new IOException("the paid request was given up: "
					+ "its body publisher did not publish the same body a second time"));
		}

	}

}
