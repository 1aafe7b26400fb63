package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link SameBody}: bodies that are longer than what a server takes before it
 * asks for money.
 */
class UploadTests {

	private static final long MANY = 128L * 1024 * 1024;

	/** More than sockets hold. */
	private static final int BIG = 16 * 1024 * 1024;

	@Test
	void fileOfWhichThe402SawAPartIsPaidFor(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("film");
		try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
			sparse.setLength(MANY);
		}
		try (UploadShop shop = new UploadShop(true, 0)) {
			assertThat(post(shop, BodyPublishers.ofFile(file))).isEqualTo("tea");
			assertThat(shop.paidBytes()).isEqualTo(MANY);
		}
	}

	@Test
	void answerThatIsLostToABrokenConnectionIsAskedForAgain() throws Exception {
		try (UploadShop shop = new UploadShop(false, 1)) {
			assertThat(post(shop, BodyPublishers.ofByteArray(new byte[BIG]))).isEqualTo("tea");
		}
		try (UploadShop shop = new UploadShop(false, 1)) {
			assertThat(client(shop).sendAsync(request(shop, BodyPublishers.ofByteArray(new byte[BIG])),
					BodyHandlers.ofString()))
				.succeedsWithin(Eventually.PATIENCE)
				.returns("tea", HttpResponse::body);
			assertThat(shop.paidBytes()).isEqualTo(BIG);
		}
	}

	@Test
	void serverThatStopsReadingIsPaidEveryTime() throws Exception {
		try (UploadShop shop = new UploadShop(false, 0)) {
			for (int i = 0; i < 10; i++) {
				assertThat(post(shop, BodyPublishers.ofByteArray(new byte[BIG]))).isEqualTo("tea");
			}
		}
	}

	@Test
	void connectionThatBreaksTwiceIsTheCallersToSee() throws Exception {
		try (UploadShop shop = new UploadShop(false, 2)) {
			HttpRequest request = request(shop, BodyPublishers.ofByteArray(new byte[BIG]));
			assertThatIOException().isThrownBy(() -> client(shop).send(request, BodyHandlers.ofString()))
				.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
		}
		try (UploadShop shop = new UploadShop(false, 2)) {
			HttpRequest request = request(shop, BodyPublishers.ofByteArray(new byte[BIG]));
			assertThat(client(shop).sendAsync(request, BodyHandlers.ofString())).failsWithin(Eventually.PATIENCE)
				.withThrowableThat()
				.withCauseInstanceOf(IOException.class);
		}
	}

	@Test
	void serverThatNobodyPaysIsNotAskedAgain() throws Exception {
		try (UploadShop shop = new UploadShop(false, 1)) {
			HttpRequest request = request(shop, BodyPublishers.ofByteArray(new byte[BIG]));
			HttpClient client = new Payers().at("http://elsewhere/").httpClient();
			assertThatIOException().isThrownBy(() -> client.send(request, BodyHandlers.ofString()));
		}
	}

	@Test
	void whatIsAskedAgainIsWithinTheCallersTime() {
		assertThat(again(Duration.ofNanos(1))).isEmpty();
		assertThat(again(Duration.ofSeconds(5)).flatMap(HttpRequest::timeout))
			.hasValueSatisfying((left) -> assertThat(left).isPositive().isLessThan(Duration.ofSeconds(5)));
		assertThat(again(Duration.ofMinutes(1)).flatMap(HttpRequest::timeout)).hasValue(Duration.ofSeconds(10));
	}

	/** The request that follows one whose connection breaks before the body is sent. */
	private static Optional<HttpRequest> again(Duration timeout) {
		URI uri = URI.create("http://shop/");
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(timeout)
			.POST(BodyPublishers.ofByteArray(new byte[BIG]))
			.build();
		ChallengeHandler<String> handler = new ChallengeHandler<>(RecordedRequest.of(request), Payers.call(uri),
				BodyHandlers.ofString());
		handler.firstRequest().bodyPublisher().orElseThrow().subscribe(new BrokenConnection());
		return handler.requestAfter(new IOException("broken"));
	}

	@Test
	void shortRequestIsNotRepeated() throws Exception {
		try (UploadShop shop = new UploadShop(false, 1)) {
			HttpRequest request = request(shop, BodyPublishers.ofByteArray(new byte[1000]));
			assertThatIOException().isThrownBy(() -> client(shop).send(request, BodyHandlers.ofString()));
		}
	}

	@Test
	void restOfABodyIsComparedAsFarAsItWasSent() {
		Collector same = publishAgain("milk and tea", "milk");
		assertThat(same.text).hasToString("milk and tea");
		assertThat(same.failure).isNull();
		assertThat(publishAgain("milk and tea", "milk and tea").text).hasToString("milk and tea");
		assertThat(publishAgain("milk and tea", "").text).hasToString("milk and tea");
		Collector other = publishAgain("gin, no milk", "milk");
		assertThat(other.failure).hasMessageContaining("did not publish the same body");
		assertThat(other.text.length()).isLessThan(4);
	}

	private static String post(UploadShop shop, BodyPublisher body) throws IOException, InterruptedException {
		return client(shop).send(request(shop, body), BodyHandlers.ofString()).body();
	}

	private static HttpClient client(UploadShop shop) {
		return new Payers().at(shop.uri().toString()).httpClient();
	}

	private static HttpRequest request(UploadShop shop, BodyPublisher body) {
		return HttpRequest.newBuilder(shop.uri()).timeout(Duration.ofMinutes(1)).POST(body).build();
	}

	private static Collector publishAgain(String body, String sent) {
		BodyRecord first = new BodyRecord(0);
		first.add(ByteBuffer.wrap(sent.getBytes(StandardCharsets.UTF_8)));
		List<byte[]> pieces = body.chars().mapToObj((letter) -> new byte[] { (byte) letter }).toList();
		Collector collector = new Collector();
		new SameBody(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(pieces)), body.length(), first.part())
			.subscribe(collector);
		return collector;
	}

	/** Takes nothing of a body. */
	private static final class BrokenConnection implements Flow.Subscriber<ByteBuffer> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
		}

		@Override
		public void onNext(ByteBuffer item) {
		}

		@Override
		public void onError(Throwable throwable) {
		}

		@Override
		public void onComplete() {
		}

	}

	/** Takes a body byte by byte. */
	private static final class Collector implements Flow.Subscriber<ByteBuffer> {

		private final StringBuilder text = new StringBuilder();

		private Throwable failure;

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(ByteBuffer item) {
			while (item.hasRemaining()) {
				this.text.append((char) item.get());
			}
		}

		@Override
		public void onError(Throwable throwable) {
			this.failure = throwable;
		}

		@Override
		public void onComplete() {
			this.text.trimToSize();
		}

	}

}
