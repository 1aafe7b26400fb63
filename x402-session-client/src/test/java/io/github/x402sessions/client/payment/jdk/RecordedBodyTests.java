package io.github.x402sessions.client.payment.jdk;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

import io.github.x402sessions.core.scheme.session.BodyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link RecordedBody} knows of itself, before it is sent and after.
 */
class RecordedBodyTests {

	private static final byte[] MILK = "milk".getBytes(StandardCharsets.UTF_8);

	private static final String HASH = BodyHash.of(MILK);

	@Test
	void whatIsAtHandIsKnownBeforeItIsSent(@TempDir Path directory) throws Exception {
		assertThat(new RecordedBody(BodyPublishers.ofByteArray(MILK)).hash()).isEqualTo(HASH);
		assertThat(new RecordedBody(BodyPublishers.noBody()).hash()).isEqualTo(BodyHash.EMPTY);
		assertThat(new RecordedBody(BodyPublishers.ofFile(Files.write(directory.resolve("milk"), MILK))).hash())
			.isEqualTo(HASH);
	}

	@Test
	void whatIsNotAtHandOrLongIsNot() {
		assertThat(new RecordedBody(stream()).hash()).isEqualTo(BodyHash.UNKNOWN);
		assertThat(new RecordedBody(BodyPublishers.ofByteArray(new byte[RecordedBody.MAX_COPY + 1])).hash())
			.isEqualTo(BodyHash.UNKNOWN);
		try (SubmissionPublisher<ByteBuffer> late = new SubmissionPublisher<>()) {
			RecordedBody body = new RecordedBody(BodyPublishers.fromPublisher(late, 4));
			assertThat(body.hash()).isEqualTo(BodyHash.UNKNOWN);
			late.submit(ByteBuffer.wrap(MILK));
			assertThat(body.hash()).isEqualTo(BodyHash.UNKNOWN);
		}
	}

	@Test
	void publisherThatLiesAboutItsLengthIsNotBelieved() {
		for (int length : new int[] { 3, 5 }) {
			BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(MILK), length);
			assertThat(new RecordedBody(body).hash()).isEqualTo(BodyHash.UNKNOWN);
		}
	}

	@Test
	void publisherThatCanPublishOnceIsSentAfterAll() {
		RecordedBody body = new RecordedBody(BodyPublishers.fromPublisher(stream(), 4));
		assertThat(body.hash()).isEqualTo(HASH);
		body.subscribe(new Reader(1));
		assertThat(body.hash()).isEqualTo(HASH);
		assertThat(body.again()).isPresent();
	}

	@Test
	void streamIsKnownOnceItWasSentToItsEnd() {
		RecordedBody whole = new RecordedBody(stream());
		whole.subscribe(new Reader(Long.MAX_VALUE));
		assertThat(whole.hash()).isEqualTo(HASH);
		RecordedBody part = new RecordedBody(
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[99_999])));
		part.subscribe(new Reader(1));
		assertThat(part.hash()).isEqualTo(BodyHash.UNKNOWN);
	}

	/** One that is empty when it is read again. */
	private static BodyPublisher stream() {
		ByteArrayInputStream once = new ByteArrayInputStream(MILK);
		return BodyPublishers.ofInputStream(() -> once);
	}

	/** Asks for so many buffers. */
	private record Reader(long buffers) implements Flow.Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(this.buffers);
		}

		@Override
		public void onNext(ByteBuffer buffer) {
		}

		@Override
		public void onError(Throwable failure) {
		}

		@Override
		public void onComplete() {
		}

	}

}
