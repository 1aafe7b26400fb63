package io.github.x402sessions.devnet;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last ledger of an allowance is the last in which it can be used.
 */
class AllowanceExpiryTests {

	private static final long LIVE_UNTIL = 20;

	private final ManualNetwork chain = new ManualNetwork();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@ParameterizedTest
	@CsvSource({ "-1, SUCCESS", "0, SUCCESS", "1, FAILED" })
	void transferLandsUpToAndIncludingTheLastLedger(int distance, String status) {
		KeyPair payer = this.chain.holder("1");
		KeyPair spender = this.chain.account();
		KeyPair merchant = this.chain.holder("0");
		this.chain.approve(payer, spender, 100, LIVE_UNTIL);
		Transaction paying = this.chain.transferFrom(spender, spender, payer, merchant, 40);
		closeUpTo(LIVE_UNTIL + distance - 1);

		JsonNode landed = this.chain.land(paying);

		assertThat(landed.get("ledger").asLong()).isEqualTo(LIVE_UNTIL + distance);
		assertThat(landed.get("status").asString()).isEqualTo(status);
		if (status.equals("FAILED")) {
			assertThat(DiagnosticErrors.of(landed)).containsExactly("Error(Contract, #9)");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 100", "1, 0" })
	void allowanceIsNothingAfterItsLastLedger(int distance, long left) {
		KeyPair payer = this.chain.account();
		KeyPair spender = this.chain.account();
		this.chain.approve(payer, spender, 100, LIVE_UNTIL);
		closeUpTo(LIVE_UNTIL + distance);

		assertThat(this.chain.allowance(payer, spender)).isEqualTo(left);
	}

	@Test
	void approvalThatEndsWithTheLatestLedgerSimulatesButFails() {
		KeyPair payer = this.chain.account();
		KeyPair spender = this.chain.account();

		JsonNode landed = this.chain.approve(payer, spender, 100, this.chain.devnet.latestLedger());

		assertThat(landed.get("status").asString()).isEqualTo("FAILED");
		assertThat(DiagnosticErrors.of(landed)).containsExactly("Error(Contract, #9)");
	}

	@Test
	void approvalBeyondTheLongestLifeIsRefused() {
		KeyPair payer = this.chain.account();
		long longest = this.chain.devnet.latestLedger() + 3_110_400 - 1;

		assertThat(approval(payer, longest).has("error")).isFalse();
		assertThat(approval(payer, longest + 1).get("error").asString()).startsWith("HostError: Error(Contract, #9)")
			.contains("live_until is greater than max");
	}

	private JsonNode approval(KeyPair payer, long liveUntil) {
		return this.chain.simulate(this.chain.call(payer, payer, "approve", ManualNetwork.address(payer),
				ManualNetwork.address(payer), ManualNetwork.amount(1), Scv.toUint32(liveUntil)));
	}

	private void closeUpTo(long ledger) {
		while (this.chain.devnet.latestLedger() < ledger) {
			this.chain.devnet.closeLedger();
		}
	}

}
