package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UndecidedBody}.
 */
class UndecidedBodyTests {

	private final CompletableFuture<BodySubscriber<String>> decision = new CompletableFuture<>();

	private final UndecidedBody<String> body = new UndecidedBody<>(this.decision);

	@Test
	void bodyGoesWholeToWhoGetsIt() {
		try (SubmissionPublisher<List<ByteBuffer>> server = new SubmissionPublisher<>()) {
			server.subscribe(this.body);
			server.submit(List.of(ByteBuffer.wrap("pay ".getBytes(StandardCharsets.UTF_8))));
			this.decision.complete(BodySubscribers.ofString(StandardCharsets.UTF_8));
			server.submit(List.of(ByteBuffer.wrap("me".getBytes(StandardCharsets.UTF_8))));
		}
		assertThat(this.body.getBody().toCompletableFuture().join()).isEqualTo("pay me");
	}

	@Test
	void endThatComesBeforeTheDecisionComesAfterTheStart() {
		this.body.onSubscribe(new Ignored());
		this.body.onComplete();
		assertThat(this.body.getBody().toCompletableFuture()).isNotDone();
		List<String> signals = new ArrayList<>();
		this.decision.complete(BodySubscribers.fromSubscriber(new Recorder(signals), (unused) -> "end"));
		assertThat(this.body.getBody().toCompletableFuture().join()).isEqualTo("end");
		assertThat(signals).containsExactly("start", "end");
	}

	@Test
	void failureOfTheDecisionEndsTheExchange() {
		this.body.onSubscribe(new Ignored());
		this.decision.completeExceptionally(new IllegalStateException());
		assertThat(this.body.getBody().toCompletableFuture()).isCompletedExceptionally();
	}

	/**
	 * Writes down what comes when.
	 *
	 * @param signals the list to write to
	 */
	private record Recorder(List<String> signals) implements Flow.Subscriber<List<ByteBuffer>> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.signals.add("start");
		}

		@Override
		public void onNext(List<ByteBuffer> item) {
			this.signals.add("next");
		}

		@Override
		public void onError(Throwable throwable) {
			this.signals.add("error");
		}

		@Override
		public void onComplete() {
			this.signals.add("end");
		}

	}

	/** Of a server that sends nothing more. */
	private static final class Ignored implements Flow.Subscription {

		@Override
		public void request(long count) {
			// Nothing comes.
		}

		@Override
		public void cancel() {
			// Nothing comes.
		}

	}

}
