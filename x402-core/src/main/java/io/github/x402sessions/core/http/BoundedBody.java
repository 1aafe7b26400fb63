package io.github.x402sessions.core.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Collects a response body up to a limit and gives the connection up beyond it.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final int maxBytes;

	private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> result = new CompletableFuture<>();

	private final Consumer<byte[]> success;

	private final Consumer<Throwable> failure;

	private Flow.@Nullable Subscription subscription;

	/**
	 * Create a body.
	 * @param maxBytes how large it may be
	 * @param success is told as soon as it is whole
	 * @param failure is told as soon as it cannot be
	 */
	BoundedBody(int maxBytes, Consumer<byte[]> success, Consumer<Throwable> failure) {
		this.maxBytes = maxBytes;
		this.success = success;
		this.failure = failure;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.result;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			if (this.result.isDone()) {
				return;
			}
			if (this.collected.size() + buffer.remaining() > this.maxBytes) {
				fail(new OversizedBodyException(this.maxBytes));
				if (this.subscription != null) {
					this.subscription.cancel();
				}
				return;
			}
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			this.collected.writeBytes(bytes);
		}
	}

	@Override
	public void onError(Throwable failure) {
		fail(failure);
	}

	private void fail(Throwable failure) {
		this.failure.accept(failure);
		this.result.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		byte[] body = this.collected.toByteArray();
		this.success.accept(body);
		this.result.complete(body);
	}

}
