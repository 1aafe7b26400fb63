package io.github.x402sessions.samples.agent.mcp;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Takes the beginning of a body and leaves the rest unread, which may have no end.
 */
final class BoundedBody implements BodySubscriber<BoundedBody.Beginning> {

	private final int limit;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CompletableFuture<Beginning> body = new CompletableFuture<>();

	private Flow.@Nullable Subscription subscription;

	private BoundedBody(int limit) {
		this.limit = limit;
	}

	static BodyHandler<Beginning> atMost(int limit) {
		return (answer) -> new BoundedBody(limit);
	}

	@Override
	public CompletionStage<Beginning> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription started) {
		this.subscription = started;
		started.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			byte[] taken = new byte[Math.min(buffer.remaining(), this.limit - this.bytes.size())];
			boolean more = buffer.remaining() > taken.length;
			buffer.get(taken);
			this.bytes.writeBytes(taken);
			if (more) {
				this.body.complete(new Beginning(this.bytes.toByteArray(), true));
				if (this.subscription != null) {
					this.subscription.cancel();
				}
				return;
			}
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.body.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.body.complete(new Beginning(this.bytes.toByteArray(), false));
	}

	/** Beginning of a body. */
	static final class Beginning {

		private final byte[] bytes;

		private final boolean truncated;

		private Beginning(byte[] bytes, boolean truncated) {
			this.bytes = bytes;
			this.truncated = truncated;
		}

		byte[] bytes() {
			return this.bytes.clone();
		}

		/** Whether there is more. */
		boolean truncated() {
			return this.truncated;
		}

	}

}
