package io.github.x402sessions.devnet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The warning of a network in which something waits and no ledger closes.
 */
class StallDetectorTests {

	private final CapturedLog log = CapturedLog.of(StellarDevnet.class.getPackageName() + ".network", Level.WARN);

	@AfterEach
	void close() {
		this.log.close();
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
		assertThat(this.log.next()).contains(message);
		assertThat(this.log.messages()).hasSize(1);
	}

}
