package io.github.x402sessions.devnet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.transaction.application.LedgerCloseMeta;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.xdr.LedgerHeader;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ledgers: their bytes, their chain and their time.
 */
class LedgerTests {

	@Test
	void headerAndMetaHaveTheBytesOfTheProtocol() {
		ClosedLedger ledger = ClosedLedger.close(27, new byte[32], 1000, 1795000000L, 0);

		assertThat(XdrCodec.base64(ledger.header())).isEqualTo(Vectors.text("/latestLedger/headerXdr"));
		assertThat(XdrCodec.base64(new LedgerCloseMeta(ledger, List.of(), 100, 0).toBytes()))
			.isEqualTo(Vectors.text("/latestLedger/metadataXdr"));
		assertThat(ledger.id()).isEqualTo(Vectors.text("/latestLedger/id"));
	}

	@Test
	void ledgersFormAChain() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			String before = chain.rpc.result("getLatestLedger", Map.of()).get("id").asString();
			chain.devnet.closeLedger();
			String header = chain.rpc.result("getLatestLedger", Map.of()).get("headerXdr").asString();

			LedgerHeader decoded = LedgerHeader.fromXdrBase64(header);
			assertThat(decoded.getPreviousLedgerHash().getHash()).asHexString().isEqualToIgnoringCase(before);
			assertThat(decoded.getLedgerSeq().getUint32().getNumber()).isEqualTo(2);
		}
	}

	@Test
	void closeTimeFollowsTheClockAndNeverGoesBack() throws IOException {
		AdvancingClock clock = AdvancingClock.stopped(Instant.ofEpochSecond(1795000000L));
		try (ManualNetwork chain = new ManualNetwork(StellarDevnet.builder().clock(clock))) {
			assertThat(closeTime(chain)).isEqualTo(1795000000L);
			assertThat(closeTime(chain)).isEqualTo(1795000000L);
			clock.advance(Duration.ofSeconds(7));
			assertThat(closeTime(chain)).isEqualTo(1795000007L);
			clock.advance(Duration.ofSeconds(-1_000_007));
			assertThat(closeTime(chain)).isEqualTo(1795000007L);
		}
	}

	@Test
	void transactionThatIsLateWhenTheLedgerClosesNeverLands() throws IOException {
		AdvancingClock clock = AdvancingClock.stopped(Instant.ofEpochSecond(1795000000L));
		try (ManualNetwork chain = new ManualNetwork(StellarDevnet.builder().clock(clock))) {
			KeyPair payer = chain.holder("1");
			Transaction transaction = ManualNetwork.signed(chain
				.builder(payer, new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10").build())
				.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, 1795000010L)).build())
				.build(), payer);
			assertThat(chain.send(transaction).get("status").asString()).isEqualTo("PENDING");
			clock.advance(Duration.ofSeconds(11));
			chain.devnet.closeLedger();

			assertThat(chain.applied(transaction).get("status").asString()).isEqualTo("NOT_FOUND");
		}
	}

	@Test
	void stoppedClockMakesTheNetworkUnhealthy() {
		AdvancingClock clock = AdvancingClock.stopped(Instant.ofEpochSecond(1795000000L));
		try (StellarDevnet devnet = StellarDevnet.builder()
			.ledgerInterval(Duration.ofSeconds(20))
			.clock(clock)
			.start()) {
			devnet.faults().pauseClosing();
			clock.advance(Duration.ofSeconds(100));

			JsonNode health = new RpcClient(devnet.rpcUri()).call("getHealth", Map.of());

			assertThat(health.at("/error/message").asString())
				.isEqualTo("latency (100s) since last known ledger closed is too high (>30s)");
		}
	}

	private static long closeTime(ManualNetwork chain) {
		chain.devnet.closeLedger();
		return chain.rpc.result("getHealth", Map.of()).get("latestLedgerCloseTime").asLong();
	}

}
