package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.AccountNotFoundException;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.requests.sorobanrpc.SorobanRpcErrorResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A network that misbehaves when told to.
 */
class FaultTests {

	@Test
	void pausedClockClosesNothingUntilItResumes() {
		try (StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(10)).start()) {
			Eventually.isTrue(() -> devnet.latestLedger() > 2);
			devnet.faults().pauseClosing();
			long byHand = devnet.closeLedger();
			Eventually.staysTrue(Duration.ofMillis(60), () -> devnet.latestLedger() <= byHand + 1);

			devnet.faults().resumeClosing();
			Eventually.isTrue(() -> devnet.latestLedger() > byHand + 2);
		}
	}

	@Test
	void rejectedTransactionCanBeSentAgain() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
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
		try (ManualNetwork chain = new ManualNetwork()) {
			Transaction transaction = transaction(chain);
			chain.devnet.faults().dropNextTransaction();

			assertThat(chain.land(transaction).get("status").asString()).isEqualTo("NOT_FOUND");
			assertThat(chain.land(transaction).get("status").asString()).isEqualTo("SUCCESS");
		}
	}

	@Test
	void transactionLandsAlthoughTheAnswerWasAnError() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			Transaction transaction = transaction(chain);
			chain.devnet.faults().loseAnswers(1);
			JsonNode answer = chain.rpc.call("sendTransaction",
					Map.of("transaction", transaction.toEnvelopeXdrBase64()));
			assertThat(answer.at("/error/code").asInt()).isEqualTo(-32603);
			chain.devnet.closeLedger();
			assertThat(chain.applied(transaction).get("status").asString()).isEqualTo("SUCCESS");
		}
	}

	@Test
	void landedTransactionIsHiddenWhileItsLedgerIsYoung() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			Transaction transaction = transaction(chain);
			chain.devnet.faults().hideTransactions(2);
			assertThat(chain.land(transaction).get("status").asString()).isEqualTo("NOT_FOUND");
			chain.devnet.closeLedger();
			assertThat(chain.applied(transaction).get("status").asString()).isEqualTo("NOT_FOUND");
			chain.devnet.closeLedger();
			assertThat(chain.applied(transaction).get("status").asString()).isEqualTo("SUCCESS");
		}
	}

	@Test
	void restartLosesWhatWaitsAndResetLosesEverything() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			KeyPair known = chain.account();
			Transaction transaction = transaction(chain);
			chain.send(transaction);
			chain.devnet.restart();
			chain.devnet.closeLedger();
			assertThat(chain.applied(transaction).get("status").asString()).isEqualTo("NOT_FOUND");
			assertThat(chain.server.getAccount(known.getAccountId()).getAccountId()).isEqualTo(known.getAccountId());
			chain.devnet.reset();
			assertThat(chain.devnet.latestLedger()).isEqualTo(1);
			assertThatExceptionOfType(AccountNotFoundException.class)
				.isThrownBy(() -> chain.server.getAccount(known.getAccountId()));
		}
		catch (AccountNotFoundException | SorobanRpcErrorResponse ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void adminEndpointPlaysFaultsAndClosesLedgers() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			RpcClient admin = new RpcClient(URI.create(chain.devnet.adminUri() + "/faults"));
			assertThat(admin.json("{\"failRequests\":1,\"failStatus\":502,\"delayMillis\":1}")
				.at("/faults/failRequests")
				.asInt()).isEqualTo(1);
			assertThat(chain.rpc.post("{}").statusCode()).isEqualTo(502);
			assertThat(chain.rpc.post("{}").statusCode()).isEqualTo(200);
			assertThat(admin.post("{\"failStatus\":200,\"failRequests\":1}").statusCode()).isEqualTo(400);
			assertThat(admin.post("{\"rejectSend\":1}").body()).contains("rejectSend");
			assertThat(admin.post("{").statusCode()).isEqualTo(400);
			assertThat(admin.post("{\"closingPaused\":true,\"hideLedgers\":3,\"dropSends\":1}").body())
				.contains("\"closingPaused\":true", "\"hideLedgers\":3", "\"dropSends\":1");
			chain.devnet.faults().clear();
			assertThat(RpcClient.get(chain.devnet.adminUri()).body()).contains("\"closingPaused\":false",
					"\"hideLedgers\":0", "\"dropSends\":0");
			long before = chain.devnet.latestLedger();
			new RpcClient(URI.create(chain.devnet.adminUri() + "/close")).post("");
			assertThat(chain.devnet.latestLedger()).isEqualTo(before + 1);
			RpcClient restart = new RpcClient(URI.create(chain.devnet.adminUri() + "/restart?state=fresh"));
			assertThat(restart.json("").get("latestLedger").asInt()).isEqualTo(1);
			assertThat(RpcClient.get(URI.create(chain.devnet.adminUri() + "/nothing")).statusCode()).isEqualTo(404);
		}
	}

	private static Transaction transaction(ManualNetwork chain) {
		KeyPair source = chain.account();
		return ManualNetwork.signed(
				chain.build(source, new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10").build()),
				source);
	}

}
