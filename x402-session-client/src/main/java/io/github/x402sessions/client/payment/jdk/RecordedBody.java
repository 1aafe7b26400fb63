package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;

import io.github.x402sessions.core.scheme.session.BodyHash;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that may be sent twice, remembered the first time so that the
 * second, paid time it is the same body or none. A publisher need not be able to publish
 * twice: one that reads a stream is empty then. A body whose length is known is published
 * again and compared with as much of the first as was sent before the 402 came; one whose
 * length is not is sent again from a copy, up to {@value #MAX_COPY} bytes.
 */
final class RecordedBody implements BodyPublisher {

	static final int MAX_COPY = 1024 * 1024;

	/** Less than the least that HTTP/2 lets a client send unasked, 65 535 bytes. */
	private static final int HTTP_2_WINDOW = 48 * 1024;

	private volatile BodyPublisher body;

	private final long length;

	private volatile @Nullable BodyRecord record;

	private volatile boolean republished;

	RecordedBody(BodyPublisher body) {
		this.body = body;
		this.length = body.contentLength();
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
		this.republished = this.record != null;
		BodyRecord fresh = new BodyRecord((this.length < 0) ? MAX_COPY : 0);
		this.record = fresh;
		this.body.subscribe(new Recording(subscriber, fresh));
	}

	/**
	 * Whether an answer may come before it is sent, and HTTP/2 would wait: the JDK's
	 * client hands out no answer while the server's window is closed.
	 */
	boolean outgrowsAWindow() {
		return this.length < 0 || this.length > HTTP_2_WINDOW;
	}

	/**
	 * Whether it is a long one of which a part has not been sent yet, so that nobody can
	 * have got it whole.
	 */
	boolean isCutOff() {
		BodyRecord sent = this.record;
		return sent != null && this.length > HTTP_2_WINDOW && sent.bytes() < this.length;
	}

	/**
	 * The hash of the body, or that it is not known. Before it is sent it is read where
	 * it is short and at hand; afterwards it is what was sent, if that was all of it.
	 */
	String hash() {
		BodyRecord sent = this.record;
		if (sent == null) {
			return (this.length >= 0 && this.length <= MAX_COPY) ? gather() : BodyHash.UNKNOWN;
		}
		boolean whole = !this.republished && (sent.isComplete() || sent.bytes() == this.length);
		return whole ? sent.hash() : BodyHash.UNKNOWN;
	}

	/** A publisher may publish only once, so it is what was read that is sent. */
	private String gather() {
		return GatheredBody.of(this.body).map((read) -> {
			this.body = BodyPublishers.ofByteArray(read);
			return BodyHash.of(read);
		}).orElse(BodyHash.UNKNOWN);
	}

	/** The same body once more, or empty if that cannot be made sure. */
	Optional<BodyPublisher> again() {
		BodyRecord sent = this.record;
		if (sent == null) {
			return Optional.of(this.body);
		}
		if (this.republished) {
			// The JDK repeated the request by itself; which body was the caller's?
			return Optional.empty();
		}
		if (this.length < 0) {
			return sent.copy().map((copy) -> BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(copy)));
		}
		return Optional.of(new SameBody(this.body, this.length, sent.part()));
	}

	/** Passes a body on and writes down what it was. */
	private record Recording(Flow.Subscriber<? super ByteBuffer> target,
			BodyRecord sent) implements Flow.Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.target.onSubscribe(subscription);
		}

		@Override
		public void onNext(ByteBuffer buffer) {
			this.sent.add(buffer);
			this.target.onNext(buffer);
		}

		@Override
		public void onError(Throwable failure) {
			this.target.onError(failure);
		}

		@Override
		public void onComplete() {
			this.sent.complete();
			this.target.onComplete();
		}

	}

}
