package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network as busy as the public one, and nodes that do not agree about it: money moves
 * once, and no session ends for it.
 */
class PublicNetworkTests {

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment
			.open(Map.of("facilitator.settle-timeout", "8s", "facilitator.transaction-validity", "5s"));
	}

	@AfterEach
	void calm() {
		environment.devnet.faults().clear();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void ledgersOfMegabytesAreNobodysBusiness() {
		environment.devnet.faults().latestLedgerBytes(14 * 1024 * 1024);
		String id = environment.payer().session(1_000_000);
		assertThat(environment.client.verify(Payments.of(environment, id, "100000")).text("invalidReason")).isNull();
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
	}

	@Test
	void rushIsWonBySettlementsAndByApproves() {
		Payer payer = environment.payer();
		String id = payer.session(1_000_000);
		BigInteger before = environment.usdc(environment.merchant);
		environment.devnet.faults().surge(200, 60_000, 20_000);
		Reply settled = environment.client.settle(Payments.of(environment, id, "100000"));
		if (settled.status() != 200) {
			assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo("0");
			settled = environment.client.settle(Payments.of(environment, id, "100000"));
		}
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(environment.usdc(environment.merchant).subtract(before)).isEqualTo(BigInteger.valueOf(100_000));
	}

	@Test
	void whatIsArchivedIsRestoredByTheSettlementThatNeedsIt() {
		String id = environment.payer().session(1_000_000);
		BigInteger before = environment.usdc(environment.merchant);
		environment.devnet.archiveContract(environment.devnet.usdcContract());
		assertThat(environment.client.verify(Payments.of(environment, id, "100000")).text("invalidReason")).isNull();
		Reply settled = environment.client.settle(Payments.of(environment, id, "100000"));
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
		assertThat(environment.usdc(environment.merchant).subtract(before)).isEqualTo(BigInteger.valueOf(200_000));
	}

	@Test
	void entryThatIsArchivedUnderAKnownPriceIsRestoredAtTheSecondTry() {
		String id = environment.payer().session(1_000_000);
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
		environment.devnet.archiveContract(environment.devnet.usdcContract());
		Reply settled = environment.client.settle(Payments.of(environment, id, "100000"));
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
	}

	@Test
	void quoteForAnArchivedAssetRestoresIt() {
		Payer payer = environment.payer();
		String id = payer.session(1_000_000);
		environment.devnet.archiveContract(environment.devnet.usdcContract());
		Reply quote = environment.client.post("/sessions/quote",
				Map.of("user", payer.address(), "asset", environment.devnet.usdcContract(), "recipient",
						environment.merchant.getAccountId(), "cap", "1000", "expiresIn", 3_600, "network",
						"stellar:testnet"));
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).as("restored")
			.isEqualTo(200);
	}

	@Test
	void nodesThatDisagreeEndNothing() {
		String id = environment.payer().session(10_000_000);
		BigInteger before = environment.usdc(environment.merchant);
		environment.devnet.faults().lagNodes(3, 14);
		int settled = 0;
		for (int i = 0; i < 10; i++) {
			Reply reply = environment.client.settle(Payments.of(environment, id, "100000"));
			assertThat(reply.status()).as("%s", reply.body()).isIn(200, 503);
			settled += (reply.status() == 200) ? 1 : 0;
		}
		environment.devnet.faults().clear();
		Reply session = environment.client.get("/sessions/" + id);
		assertThat(session.text("status")).isEqualTo("active");
		Eventually.isTrue(() -> environment.client.get("/sessions/" + id).text("reserved").equals("0"));
		BigInteger moved = environment.usdc(environment.merchant).subtract(before);
		assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo(moved.toString());
		assertThat(moved).isGreaterThanOrEqualTo(BigInteger.valueOf(settled * 100_000L));
		assertThat(settled).isPositive();
	}

}
