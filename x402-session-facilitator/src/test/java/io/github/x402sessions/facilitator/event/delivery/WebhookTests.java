package io.github.x402sessions.facilitator.event.delivery;

import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.facilitator.config.WebhookProperties;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.event.SessionChange;
import io.github.x402sessions.facilitator.event.delivery.EventReceiver.Reaction;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.ConnectionServer;
import io.github.x402sessions.fixtures.FreePort;
import io.github.x402sessions.fixtures.LocalServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A webhook is called as Standard Webhooks say, and whatever it answers costs nothing.
 */
class WebhookTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private static final FacilitatorEvent EVENT = new FacilitatorEvent(EventType.SESSION_OPENED, Instant.EPOCH,
			new FacilitatorEvent.Data("G", null,
					new SessionChange("handle", "active", null, "G", "C", "stellar:testnet", "1", 5)),
			"an-id", 1);

	/** The example of the libraries of Standard Webhooks. */
	@Test
	void signatureIsThatOfTheStandard() {
		WebhookSignature signature = new WebhookSignature(Base64.getDecoder().decode(SECRET.substring(6)));
		assertThat(signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330,
				"{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
		assertThat(signature).asString().doesNotContain("MfKQ");
	}

	@ParameterizedTest
	@CsvSource({ "200, TAKEN", "204, TAKEN", "299, TAKEN", "300, NOT_TAKEN", "400, NOT_TAKEN", "404, NOT_TAKEN",
			"410, GONE", "429, NOT_TAKEN", "500, NOT_TAKEN", "503, NOT_TAKEN" })
	void statusAloneIsTheAnswer(int status, Reaction reaction) {
		try (LocalServer hook = new LocalServer((exchange) -> LocalServer.answer(exchange, status, "whatever"))) {
			assertThat(webhook(hook.uri("/")).tell(EVENT)).isEqualTo(reaction);
		}
	}

	@Test
	void redirectIsNotFollowed() {
		AtomicInteger followed = new AtomicInteger();
		try (LocalServer inside = new LocalServer((exchange) -> {
			followed.incrementAndGet();
			LocalServer.answer(exchange, 200, "");
		}); LocalServer hook = new LocalServer((exchange) -> {
			exchange.getResponseHeaders().add("Location", inside.uri("/admin").toString());
			LocalServer.answer(exchange, 307, "");
		})) {
			assertThat(webhook(hook.uri("/")).tell(EVENT)).isEqualTo(Reaction.NOT_TAKEN);
			assertThat(followed).hasValue(0);
		}
	}

	@Test
	void endlessBodyIsNotRead() throws Exception {
		AtomicInteger written = new AtomicInteger();
		try (ConnectionServer hook = new ConnectionServer((connection) -> {
			ConnectionServer.head(connection.getInputStream());
			OutputStream out = connection.getOutputStream();
			out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.UTF_8);
			while (true) {
				out.write(chunk);
				written.incrementAndGet();
			}
		})) {
			for (int i = 0; i < 3; i++) {
				assertThat(webhook(hook.uri("/")).tell(EVENT)).isEqualTo(Reaction.TAKEN);
			}
			assertThat(written.get()).as("what fits into the buffers of sockets").isLessThan(3 * 200);
		}
	}

	@Test
	void answerThatDripsIsGivenUpInTime() throws Exception {
		try (ConnectionServer hook = new ConnectionServer((connection) -> {
			ConnectionServer.head(connection.getInputStream());
			OutputStream out = connection.getOutputStream();
			out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
			while (true) {
				out.write("X-Header: x\r\n".getBytes(StandardCharsets.UTF_8));
				out.flush();
				LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
			}
		})) {
			long start = System.nanoTime();
			assertThat(webhook(hook.uri("/")).tell(EVENT)).isEqualTo(Reaction.NOT_TAKEN);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(8));
		}
	}

	@Test
	void logSaysWhichWebhookAndNothingOfWhereItIsAndWhatItAnswers() {
		try (CapturedLog log = CapturedLog.of(Webhook.class, Level.WARN);
				LocalServer hook = new LocalServer((exchange) -> LocalServer.answer(exchange, 418, "strange words"))) {
			Webhook webhook = webhook(hook.uri("/with/a-token"), "of-the-log");
			webhook.tell(EVENT);
			Webhook closed = webhook(URI.create("http://localhost:" + FreePort.find() + "/a-token"), "closed");
			assertThat(closed.tell(EVENT)).isEqualTo(Reaction.NOT_TAKEN);
			assertThat(log.messages()).hasSize(2)
				.allSatisfy((line) -> assertThat(line).doesNotContain("token", "strange", "whsec"));
			assertThat(webhook).asString().isEqualTo("Webhook[of-the-log]");
		}
	}

	@Test
	void pausesDoubleUpToTheLongestAndAreNeverTheSame() {
		RetryPauses pauses = new RetryPauses(Duration.ofSeconds(5), Duration.ofHours(1), () -> 0);
		assertThat(pauses.after(1)).isEqualTo(Duration.ofSeconds(5));
		assertThat(pauses.after(4)).isEqualTo(Duration.ofSeconds(40));
		assertThat(pauses.after(11)).isEqualTo(Duration.ofHours(1));
		assertThat(pauses.after(5_000)).isEqualTo(Duration.ofHours(1));
		assertThat(pauses.after(-3)).isEqualTo(Duration.ofSeconds(5));
		assertThat(pauses.upTo(Duration.ofMinutes(5)).after(11)).isEqualTo(Duration.ofMinutes(5));
		assertThat(new RetryPauses(Duration.ofSeconds(5), Duration.ofHours(1), () -> 1).after(4))
			.isEqualTo(Duration.ofSeconds(20));
	}

	private static Webhook webhook(URI url) {
		return webhook(url, "hook-" + url.getPort());
	}

	private static Webhook webhook(URI url, String name) {
		return new Webhook(new WebhookProperties(name, url.toString(), SECRET, null, List.of(), List.of(), TIMEOUT),
				EnumSet.allOf(EventType.class), Clock.systemUTC());
	}

}
