package io.github.x402sessions.core.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Collects a response body up to a limit and gives the connection up beyond it.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final int maxBytes;

	private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> result = new CompletableFuture<>();

	private Flow.@Nullable Subscription subscription;

	BoundedBody(int maxBytes) {
		this.maxBytes = maxBytes;
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
				this.result.completeExceptionally(new OversizedBodyException(this.maxBytes));
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
		this.result.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.result.complete(this.collected.toByteArray());
	}

}
