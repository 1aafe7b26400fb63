package io.github.x402sessions.client.payment.jdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link RecordedBody} and {@link SameBody}: what is paid for is the caller's
 * body or nothing.
 */
class PaidBodyTests {

	private final BodyShop shop;

	private final HttpClient client;

	PaidBodyTests() throws IOException {
		this.shop = new BodyShop(false);
		this.client = this.shop.client();
	}

	@AfterEach
	void stop() {
		this.shop.close();
	}

	@Test
	void streamThatCanBeReadOnceIsSentTwice() throws Exception {
		assertThat(post(stream("buy tea")).statusCode()).isEqualTo(200);
		assertThat(this.shop.bodies()).containsExactly("free:buy tea", "paid:buy tea");
	}

	@Test
	void streamIsSentTwiceAsynchronouslyToo() {
		assertThat(this.client.sendAsync(request(stream("buy tea")), BodyHandlers.ofString()).join().statusCode())
			.isEqualTo(200);
		assertThat(this.shop.bodies()).containsExactly("free:buy tea", "paid:buy tea");
	}

	@Test
	void streamUpToTheLimitIsPaidFor() throws Exception {
		assertThat(post(stream("x".repeat(RecordedBody.MAX_COPY))).body()).isEqualTo("tea");
		assertThat(this.shop.bodies()).containsExactly("free:1048576", "paid:1048576");
	}

	@Test
	void streamBeyondTheLimitIsNotPaidFor() throws Exception {
		assertThat(post(stream("x".repeat(RecordedBody.MAX_COPY + 1))).statusCode()).isEqualTo(402);
		assertThat(this.shop.bodies()).containsExactly("free:1048577");
	}

	@Test
	void fileOfAnySizeIsPublishedTwice(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("file"), "x".repeat(2 * RecordedBody.MAX_COPY));
		assertThat(post(BodyPublishers.ofFile(file)).body()).isEqualTo("tea");
		assertThat(this.shop.bodies()).containsExactly("free:2097152", "paid:2097152");
	}

	@Test
	void emptyBodiesArePaidForToo() throws Exception {
		assertThat(post(BodyPublishers.noBody()).body()).isEqualTo("tea");
		assertThat(post(BodyPublishers.ofString("")).body()).isEqualTo("tea");
		assertThat(post(stream("")).body()).isEqualTo("tea");
		assertThat(this.shop.bodies()).hasSize(6).containsOnly("free:", "paid:");
	}

	@Test
	void otherBodyTheSecondTimeNeverArrivesWhole() {
		assertGivenUp("buy tea", "buy gin");
		assertGivenUp("buy tea", "");
		assertGivenUp("buy tea", "buy te");
		assertGivenUp("buy tea", "buy teas");
		assertGivenUp("x".repeat(100_000), "x".repeat(99_999) + "y");
	}

	@Test
	void failureOfThePublisherIsTheCallersToSee() {
		Iterator<BodyPublisher> bodies = List.of(BodyPublishers.ofString("tea"), failing()).iterator();
		assertThatIOException().isThrownBy(() -> post(inTurn(3, bodies)));
		assertThat(this.shop.bodies()).containsExactly("free:tea");
	}

	@Test
	void answersShowTheCallersRequest() throws Exception {
		HttpRequest request = request(stream("x".repeat(RecordedBody.MAX_COPY + 1)));
		assertThat(this.client.send(request, BodyHandlers.ofString()).request()).isSameAs(request);
		HttpRequest paid = request(stream("buy tea"));
		assertThat(this.client.sendAsync(paid, BodyHandlers.ofString()).join().request()).isSameAs(paid);
	}

	private void assertGivenUp(String first, String second) {
		this.shop.bodies().clear();
		Iterator<BodyPublisher> bodies = List.of(BodyPublishers.ofString(first), BodyPublishers.ofString(second))
			.iterator();
		assertThatIOException().isThrownBy(() -> post(inTurn(first.length(), bodies)))
			.withStackTraceContaining("did not publish the same body a second time");
		assertThat(this.shop.bodies()).hasSize(1).first().asString().startsWith("free:");
	}

	/** Claims a length and publishes one body after the other. */
	private static BodyPublisher inTurn(long length, Iterator<BodyPublisher> bodies) {
		return BodyPublishers.fromPublisher((subscriber) -> bodies.next().subscribe(subscriber), length);
	}

	private static BodyPublisher failing() {
		return BodyPublishers.ofInputStream(() -> new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("disk on fire");
			}

		});
	}

	private static BodyPublisher stream(String body) {
		InputStream once = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
		Supplier<InputStream> same = () -> once;
		return BodyPublishers.ofInputStream(same);
	}

	private HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
		return this.client.send(request(body), BodyHandlers.ofString());
	}

	private HttpRequest request(BodyPublisher body) {
		return HttpRequest.newBuilder(this.shop.uri()).POST(body).build();
	}

}
