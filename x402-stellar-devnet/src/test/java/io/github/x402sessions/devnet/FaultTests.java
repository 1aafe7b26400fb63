package io.github.x402sessions.devnet;

import java.io.IOException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A network that misbehaves when told to.
 */
class FaultTests {

	@Test
	void pausedClockClosesNothingUntilItResumes() {
		try (StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(10)).start()) {
			Awaitility.await().until(() -> devnet.latestLedger() > 2);
			devnet.faults().pauseClosing();
			long byHand = devnet.closeLedger();
			Awaitility.await().during(Duration.ofMillis(60)).until(() -> devnet.latestLedger() <= byHand + 1);

			devnet.faults().resumeClosing();
			Awaitility.await().until(() -> devnet.latestLedger() > byHand + 2);
		}
	}

	@Test
	void rejectedTransactionCanBeSentAgain() throws IOException {
		try (Chain chain = new Chain()) {
			Transaction transaction = transaction(chain);
			chain.devnet.faults().rejectSends(2);

			assertThat(chain.send(transaction).get("status").asString()).isEqualTo("TRY_AGAIN_LATER");
			assertThat(chain.send(transaction).get("status").asString()).isEqualTo("TRY_AGAIN_LATER");
			assertThat(chain.land(transaction).get("status").asString()).isEqualTo("SUCCESS");
			assertThatIllegalArgumentException().isThrownBy(() -> chain.devnet.faults().rejectSends(-1));
		}
	}

	@Test
	void droppedTransactionLandsOnlyWhenItIsSentAgain() throws IOException {
		try (Chain chain = new Chain()) {
			Transaction transaction = transaction(chain);
			chain.devnet.faults().dropNextTransaction();

			assertThat(chain.land(transaction).get("status").asString()).isEqualTo("NOT_FOUND");
			assertThat(chain.land(transaction).get("status").asString()).isEqualTo("SUCCESS");
		}
	}

	private static Transaction transaction(Chain chain) {
		KeyPair source = chain.account();
		return Chain.signed(
				chain.build(source, new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10").build()),
				source);
	}

}
