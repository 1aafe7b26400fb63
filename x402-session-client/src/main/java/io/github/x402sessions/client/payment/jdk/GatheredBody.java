package io.github.x402sessions.client.payment.jdk;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Reads a body of known length before it is sent, from a publisher that has it at hand,
 * as those of strings, byte arrays and files do. Nobody waits for one that has not.
 */
final class GatheredBody implements Flow.Subscriber<ByteBuffer> {

	private final int length;

	private final ByteArrayOutputStream bytes;

	private Flow.@Nullable Subscription subscription;

	private boolean ended;

	private boolean complete;

	private GatheredBody(int length) {
		this.length = length;
		this.bytes = new ByteArrayOutputStream(length);
	}

	/** All of a body, or empty if it is not at hand. */
	static Optional<byte[]> of(BodyPublisher body) {
		GatheredBody gathered = new GatheredBody((int) body.contentLength());
		body.subscribe(gathered);
		return gathered.end();
	}

	private synchronized Optional<byte[]> end() {
		if (!this.ended && this.subscription != null) {
			this.subscription.cancel();
		}
		this.ended = true;
		return (this.complete && this.bytes.size() == this.length) ? Optional.of(this.bytes.toByteArray())
				: Optional.empty();
	}

	@Override
	public synchronized void onSubscribe(Flow.Subscription subscription) {
		if (this.ended) {
			subscription.cancel();
			return;
		}
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public synchronized void onNext(ByteBuffer buffer) {
		byte[] added = new byte[Math.min(buffer.remaining(), this.length + 1 - this.bytes.size())];
		buffer.get(added);
		this.bytes.writeBytes(added);
	}

	@Override
	public synchronized void onError(Throwable failure) {
		this.ended = true;
	}

	@Override
	public synchronized void onComplete() {
		this.complete = !this.ended;
		this.ended = true;
	}

}
