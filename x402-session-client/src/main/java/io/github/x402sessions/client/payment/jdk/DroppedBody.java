package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Drops a body: its future is complete at once, and the body is read past in the
 * background so that the connection can be used again; beyond a limit of size or time the
 * connection is the cheaper loss.
 *
 * @param <T> the type of the body that there is none of
 */
final class DroppedBody<T> implements HttpResponse.BodySubscriber<T> {

	private static final int MAX_BYTES = 64 * 1024;

	private static final Executor AFTER_PATIENCE = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile Flow.@Nullable Subscription subscription;

	private int dropped;

	@Override
	@SuppressWarnings("NullAway") // the body of an answer that no caller sees
	public CompletionStage<T> getBody() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		AFTER_PATIENCE.execute(this::giveUp);
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			this.dropped += buffer.remaining();
			buffer.position(buffer.limit());
		}
		if (this.dropped > MAX_BYTES) {
			giveUp();
		}
	}

	@Override
	public void onError(Throwable failure) {
		// The 402 was understood; that its body broke off does not matter.
		this.ended.set(true);
	}

	@Override
	public void onComplete() {
		this.ended.set(true);
	}

	/** Not after the end: the connection may serve another request by then. */
	private void giveUp() {
		Flow.Subscription body = this.subscription;
		if (body != null && this.ended.compareAndSet(false, true)) {
			body.cancel();
		}
	}

}
