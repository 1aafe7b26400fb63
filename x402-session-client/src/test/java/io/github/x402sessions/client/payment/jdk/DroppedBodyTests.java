package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DroppedBody}: nobody waits for it.
 */
class DroppedBodyTests {

	private final Body body = new Body();

	@Test
	void challengeWhoseBodyStallsIsPaid() throws Exception {
		try (BodyShop shop = new BodyShop(true)) {
			HttpClient client = shop.client();
			HttpRequest request = HttpRequest.newBuilder(shop.uri()).timeout(Eventually.PATIENCE).build();
			assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("tea");
			assertThat(client.sendAsync(request, BodyHandlers.ofString())).succeedsWithin(Eventually.PATIENCE);
			assertThat(shop.bodies()).containsExactly("free:", "paid:", "free:", "paid:");
		}
	}

	@Test
	void bodyThatStallsIsGivenUpInTheEnd() {
		DroppedBody<String> dropped = new DroppedBody<>();
		dropped.onSubscribe(this.body);
		assertThat(dropped.getBody().toCompletableFuture()).isCompleted();
		assertThat(this.body.cancelled).succeedsWithin(Eventually.PATIENCE);
	}

	@Test
	void bodyBeyondTheLimitIsGivenUp() {
		DroppedBody<String> dropped = new DroppedBody<>();
		dropped.onSubscribe(this.body);
		dropped.onNext(List.of(ByteBuffer.allocate(64 * 1024)));
		assertThat(this.body.cancelled).isNotDone();
		dropped.onNext(List.of(ByteBuffer.allocate(1)));
		assertThat(this.body.cancelled).isDone();
	}

	@Test
	void bodyThatEndedIsLeftAlone() {
		DroppedBody<String> dropped = new DroppedBody<>();
		dropped.onSubscribe(this.body);
		dropped.onComplete();
		dropped.onNext(List.of(ByteBuffer.allocate(128 * 1024)));
		assertThat(this.body.cancelled).isNotDone();
	}

	/** A body that can be cancelled. */
	private static final class Body implements Flow.Subscription {

		private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

		@Override
		public void request(long items) {
			assertThat(items).isPositive();
		}

		@Override
		public void cancel() {
			this.cancelled.complete(true);
		}

	}

}
