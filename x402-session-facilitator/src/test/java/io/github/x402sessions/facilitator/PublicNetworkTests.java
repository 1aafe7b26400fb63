package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
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

	private static Town town;

	@BeforeAll
	static void open() {
		town = Town.open(Map.of("facilitator.settle-timeout", "20s", "facilitator.transaction-validity", "15s"));
	}

	@AfterEach
	void calm() {
		town.devnet.faults().clear();
	}

	@AfterAll
	static void close() {
		town.close();
	}

	@Test
	void ledgersOfMegabytesAreNobodysBusiness() {
		town.devnet.faults().latestLedgerBytes(14 * 1024 * 1024);
		String id = town.payer().session(1_000_000);
		assertThat(town.client.verify(Payments.of(town, id, "100000")).text("invalidReason")).isNull();
		assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(200);
	}

	@Test
	void rushIsWonBySettlementsAndByApproves() {
		Payer payer = town.payer();
		String id = payer.session(1_000_000);
		BigInteger before = town.usdc(town.merchant);
		town.devnet.faults().surge(200, 60_000, 20_000);
		Reply settled = town.client.settle(Payments.of(town, id, "100000"));
		if (settled.status() != 200) {
			assertThat(town.client.get("/sessions/" + id).text("spent")).isEqualTo("0");
			settled = town.client.settle(Payments.of(town, id, "100000"));
		}
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(town.usdc(town.merchant).subtract(before)).isEqualTo(BigInteger.valueOf(100_000));
	}

	@Test
	void whatIsArchivedIsRestoredByTheSettlementThatNeedsIt() {
		String id = town.payer().session(1_000_000);
		BigInteger before = town.usdc(town.merchant);
		town.devnet.archiveContract(town.devnet.usdcContract());
		assertThat(town.client.verify(Payments.of(town, id, "100000")).text("invalidReason")).isNull();
		Reply settled = town.client.settle(Payments.of(town, id, "100000"));
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(200);
		assertThat(town.usdc(town.merchant).subtract(before)).isEqualTo(BigInteger.valueOf(200_000));
	}

	@Test
	void entryThatIsArchivedUnderAKnownPriceIsRestoredAtTheSecondTry() {
		String id = town.payer().session(1_000_000);
		assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(200);
		town.devnet.archiveContract(town.devnet.usdcContract());
		Reply settled = town.client.settle(Payments.of(town, id, "100000"));
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
	}

	@Test
	void quoteForAnArchivedAssetRestoresIt() {
		Payer payer = town.payer();
		String id = payer.session(1_000_000);
		town.devnet.archiveContract(town.devnet.usdcContract());
		Reply quote = town.client.post("/sessions/quote",
				Map.of("user", payer.address(), "asset", town.devnet.usdcContract(), "recipient",
						town.merchant.getAccountId(), "cap", "1000", "expiresIn", 3_600, "network", "stellar:testnet"));
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).as("restored").isEqualTo(200);
	}

	@Test
	void nodesThatDisagreeEndNothing() {
		String id = town.payer().session(10_000_000);
		BigInteger before = town.usdc(town.merchant);
		town.devnet.faults().lagNodes(3, 14);
		int settled = 0;
		for (int i = 0; i < 10; i++) {
			Reply reply = town.client.settle(Payments.of(town, id, "100000"));
			assertThat(reply.status()).as("%s", reply.body()).isIn(200, 503);
			settled += (reply.status() == 200) ? 1 : 0;
		}
		town.devnet.faults().clear();
		Reply session = town.client.get("/sessions/" + id);
		assertThat(session.text("status")).isEqualTo("active");
		Eventually.isTrue(() -> town.client.get("/sessions/" + id).text("reserved").equals("0"));
		BigInteger moved = town.usdc(town.merchant).subtract(before);
		assertThat(town.client.get("/sessions/" + id).text("spent")).isEqualTo(moved.toString());
		assertThat(moved).isGreaterThanOrEqualTo(BigInteger.valueOf(settled * 100_000L));
		assertThat(settled).isPositive();
	}

}
