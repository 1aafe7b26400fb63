package io.github.x402sessions.facilitator.key;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * The body of a signer's answer, which is short: one that is not is an error, however
 * much of it there would be.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

	private static final int LONGEST = 4 * 1024;

	private final HttpResponse.BodySubscriber<byte[]> body = HttpResponse.BodySubscribers.ofByteArray();

	private Flow.@Nullable Subscription subscription;

	private long length;

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body.getBody();
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		this.body.onSubscribe(subscription);
	}

	@Override
	public void onNext(List<ByteBuffer> item) {
		this.length += item.stream().mapToLong(ByteBuffer::remaining).sum();
		if (this.length <= LONGEST) {
			this.body.onNext(item);
		}
		else if (this.subscription != null) {
			this.subscription.cancel();
			this.body.onError(new IOException("the answer is too long"));
		}
	}

	@Override
	public void onError(Throwable throwable) {
		this.body.onError(throwable);
	}

	@Override
	public void onComplete() {
		this.body.onComplete();
	}

}
