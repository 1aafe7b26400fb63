package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of lumens, and balances that contracts hold.
 */
class LumenContractTests {

	private static final String LUMENS = Vectors.text("/contracts/nativeSacTestnet");

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair payer = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void lumensOpenAnAccountThatIsMissing() {
		KeyPair fresh = KeyPair.random();

		JsonNode landed = this.chain.land(lumens(ManualNetwork.address(fresh), 20_000_000));

		assertThat(landed.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(balance(LUMENS, ManualNetwork.address(fresh))).isEqualTo(20_000_000);
	}

	@Test
	void lumensKeepTheReserve() {
		assertThat(error(lumensCall(ManualNetwork.address(KeyPair.random()), 9_999_999))).contains("#14");
		assertThat(error(lumensCall(ManualNetwork.address(this.chain.account()), 99_990_000_001L))).contains("#10");
		assertThat(error(
				this.chain.callOf(LUMENS, this.payer, this.payer, "balance", ManualNetwork.address(KeyPair.random()))))
			.contains("#6");
		assertThat(
				error(this.chain.callOf(LUMENS, this.payer, this.payer, "transfer", ManualNetwork.address(this.payer),
						ManualNetwork.address(this.payer), Scv.toInt128(BigInteger.ONE.shiftLeft(63)))))
			.contains("#12");
	}

	@Test
	void lumensHaveNoIssuer() {
		assertThat(this.chain.simulate(this.chain.callOf(LUMENS, this.payer, this.payer, "symbol"))
			.at("/results/0/xdr")
			.asString()).isEqualTo(ManualNetwork.ask(() -> Scv.toString("native").toXdrBase64()));
	}

	@Test
	void contractHoldsABalance() {
		KeyPair holder = this.chain.holder("2");
		SCVal contract = Scv.toAddress(LUMENS);
		Transaction first = this.chain.prepared(holder, holder, "transfer", ManualNetwork.address(holder), contract,
				ManualNetwork.amount(500));
		assertThat(this.chain.land(first).get("status").asString()).isEqualTo("SUCCESS");

		Transaction second = this.chain.prepared(holder, holder, "transfer", ManualNetwork.address(holder), contract,
				ManualNetwork.amount(7));
		JsonNode landed = this.chain.land(second);

		assertThat(landed.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(balance(this.chain.devnet.usdcContract(), contract)).isEqualTo(507);
		assertThat(Scv.fromBoolean(this.chain.view(holder, "authorized", contract))).isTrue();
	}

	@Test
	void contractPaysOnlyWhatItHas() {
		SCVal contract = Scv.toAddress(LUMENS);
		KeyPair holder = this.chain.holder("2");

		assertThat(error(this.chain.call(holder, holder, "transfer_from", ManualNetwork.address(holder), contract,
				ManualNetwork.address(holder), ManualNetwork.amount(1))))
			.contains("#9");
		assertThat(error(this.chain.call(holder, holder, "transfer", contract, ManualNetwork.address(holder),
				ManualNetwork.amount(1))))
			.contains("#10");
	}

	private Transaction lumens(SCVal to, long stroops) {
		return this.chain.prepared(lumensCall(to, stroops), this.payer, this.payer);
	}

	private Transaction lumensCall(SCVal to, long stroops) {
		return this.chain.callOf(LUMENS, this.payer, this.payer, "transfer", ManualNetwork.address(this.payer), to,
				ManualNetwork.amount(stroops));
	}

	private String error(Transaction call) {
		return this.chain.simulate(call).get("error").asString().lines().findFirst().orElseThrow();
	}

	private BigInteger balance(String contract, SCVal holder) {
		String value = this.chain.simulate(this.chain.callOf(contract, this.payer, this.payer, "balance", holder))
			.at("/results/0/xdr")
			.asString();
		return Scv.fromInt128(ManualNetwork.ask(() -> SCVal.fromXdrBase64(value)));
	}

}
