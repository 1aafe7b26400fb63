package io.github.x402sessions.core.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The body of an answer that nobody reads: it is there at once, and empty.
 */
final class IgnoredBody implements HttpResponse.BodySubscriber<byte[]> {

	@Override
	public CompletionStage<byte[]> getBody() {
		return CompletableFuture.completedFuture(new byte[0]);
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		subscription.cancel();
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		// It is cancelled.
	}

	@Override
	public void onError(Throwable failure) {
		// It is cancelled.
	}

	@Override
	public void onComplete() {
		// It is cancelled.
	}

}
