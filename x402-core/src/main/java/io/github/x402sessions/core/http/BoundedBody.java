package io.github.x402sessions.core.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Collects a response body up to a limit and until a deadline, and gives the connection
 * up beyond either.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final int maxBytes;

	private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> result = new CompletableFuture<>();

	private final CompletionStage<byte[]> body;

	private volatile Flow.@Nullable Subscription subscription;

	/**
	 * Create a body, which fails with a {@link TimeoutException} if it is late and with
	 * an {@link OversizedBodyException} if it is too large.
	 * @param maxBytes how large it may be
	 * @param left how long it may take from now
	 */
	BoundedBody(int maxBytes, Duration left) {
		this.maxBytes = maxBytes;
		this.body = this.result.orTimeout(left.toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((bytes, failure) -> cancelIf(failure instanceof TimeoutException));
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
		cancelIf(this.result.isDone());
	}

	private void cancelIf(boolean useless) {
		if (useless && this.subscription != null) {
			this.subscription.cancel();
		}
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			if (this.result.isDone()) {
				return;
			}
			if (this.collected.size() + buffer.remaining() > this.maxBytes) {
				this.result.completeExceptionally(new OversizedBodyException(this.maxBytes));
				cancelIf(true);
				return;
			}
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			this.collected.writeBytes(bytes);
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.result.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.result.complete(this.collected.toByteArray());
	}

}
