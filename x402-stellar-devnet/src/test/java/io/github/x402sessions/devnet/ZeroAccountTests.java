package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Account;
import org.stellar.sdk.Asset;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.DecoratedSignature;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.Signature;
import org.stellar.sdk.xdr.SignatureHint;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The account whose key is all zeros: it has no private key, but SDKs name it where any
 * account will do.
 */
class ZeroAccountTests {

	private static final String ZERO = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF";

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair holder = this.chain.holder("3");

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void simulatesWhatAnybodyMayAsk() {
		JsonNode simulated = this.chain.simulate(call("balance", ManualNetwork.address(this.holder)));

		assertThat(simulated.at("/error").asString("none")).isEqualTo("none");
		assertThat(simulated.at("/results/0/auth")).isEmpty();
	}

	@Test
	void isTheSourceOfASimulatedTransfer() {
		JsonNode simulated = this.chain.simulate(
				call("transfer", Scv.toAddress(ZERO), ManualNetwork.address(this.holder), ManualNetwork.amount(1)));

		assertThat(simulated.get("error").asString()).startsWith("HostError: Error(Contract, #13)");
	}

	@Test
	void holdsWhatItGets() {
		this.chain.devnet.fund(ZERO);
		this.chain.devnet.faucet(ZERO, BigDecimal.ZERO);

		JsonNode paid = this.chain.land(this.chain.prepared(this.holder, this.holder, "transfer",
				ManualNetwork.address(this.holder), Scv.toAddress(ZERO), ManualNetwork.amount(7)));

		assertThat(paid.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.devnet.usdcBalance(ZERO)).isEqualTo(7);
	}

	/** For every fourth message the equation of such a signature holds. */
	@RepeatedTest(8)
	void nobodySignsForIt(RepetitionInfo repetition) {
		this.chain.devnet.fund(ZERO);
		Transaction forged = new TransactionBuilder(ManualNetwork.ask(() -> this.chain.server.getAccount(ZERO)),
				new Network(this.chain.devnet.networkPassphrase()))
			.addOperation(new PaymentOperation.Builder(this.holder.getAccountId(), Asset.create("native"),
					String.valueOf(repetition.getCurrentRepetition()))
				.build())
			.setBaseFee(100)
			.setTimeout(0)
			.build();
		byte[] trivial = new byte[64];
		trivial[0] = 1;
		forged.addSignature(new DecoratedSignature.Builder().hint(new SignatureHint(new byte[4]))
			.signature(new Signature(trivial))
			.build());

		JsonNode sent = this.chain.send(forged);

		assertThat(sent.get("status").asString()).isEqualTo("ERROR");
	}

	private Transaction call(String function, SCVal... args) {
		return new TransactionBuilder(new Account(ZERO, 0L), new Network(this.chain.devnet.networkPassphrase()))
			.addOperation(InvokeHostFunctionOperation
				.invokeContractFunctionOperationBuilder(this.chain.devnet.usdcContract(), function, List.of(args))
				.build())
			.setBaseFee(100)
			.setTimeout(0)
			.build();
	}

}
