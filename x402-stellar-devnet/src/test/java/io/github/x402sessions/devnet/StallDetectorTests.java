package io.github.x402sessions.devnet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The warning of a network in which something waits and no ledger closes.
 */
class StallDetectorTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(StellarDevnet.class.getPackageName() + ".network");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setLevel(Level.WARN);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	@Test
	void whatWaitsForALedgerThatIsClosedByHandSaysSo() {
		try (StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ZERO).start()) {
			CompletableFuture<?> asked = askFriendbot(devnet);
			assertToldOnce("1 transaction is waiting for ledger 2, and none closes by itself: close it with "
					+ "closeLedger(), or start the network with a ledger interval");
			devnet.closeLedger();
			assertThat(asked).succeedsWithin(Eventually.PATIENCE);
		}
	}

	@Test
	void whatWaitsWhileClosingIsPausedSaysSo() {
		try (StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(50)).start()) {
			devnet.faults().pauseClosing();
			CompletableFuture<?> asked = askFriendbot(devnet);
			assertToldOnce("none closes by itself: closing is paused, which faults().resumeClosing() ends");
			devnet.faults().resumeClosing();
			assertThat(asked).succeedsWithin(Eventually.PATIENCE);
		}
	}

	private static CompletableFuture<?> askFriendbot(StellarDevnet devnet) {
		URI ask = URI.create(devnet.friendbotUri() + "?addr=" + KeyPair.random().getAccountId());
		return HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(ask).build(), BodyHandlers.discarding());
	}

	private void assertToldOnce(String message) {
		Eventually.isTrue(() -> !this.log.list.isEmpty());
		assertThat(this.log.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.contains(message);
	}

}
