package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Errors of wrong calls of the USDC contract, and results of right ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssetContractErrorTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair payer = this.chain.holder("1");

	private final KeyPair spender = this.chain.account();

	private final KeyPair merchant = this.chain.holder("0");

	private final KeyPair stranger = this.chain.account();

	private final KeyPair nobody = KeyPair.random();

	@BeforeAll
	void approve() {
		this.chain.approve(this.payer, this.spender, 20_000_000, 100_000);
	}

	@AfterAll
	void stop() throws IOException {
		this.chain.close();
	}

	Stream<Arguments> wrongCalls() {
		return Stream.of(
				arguments("over the allowance", "Error(Contract, #9)", transferFrom(this.merchant, 20_000_001)),
				arguments("over the balance", "Error(Contract, #10)", transferFrom(this.merchant, 10_000_001)),
				arguments("recipient without trustline", "Error(Contract, #13)", transferFrom(this.stranger, 1)),
				arguments("recipient that does not exist", "Error(Contract, #13)", transferFrom(this.nobody, 1)),
				arguments("negative amount", "Error(Contract, #8)", transferFrom(this.merchant, -1)),
				arguments("amount of 65 bits", "Error(Contract, #9)", transferFrom(BigInteger.ONE.shiftLeft(64))),
				arguments("negative approval", "Error(Contract, #8)",
						new Call("approve", address(this.spender), address(this.payer), ManualNetwork.amount(-1),
								Scv.toUint32(9))),
				arguments("approval that is over", "Error(Contract, #9)",
						new Call("approve", address(this.spender), address(this.payer), ManualNetwork.amount(1),
								Scv.toUint32(0))),
				arguments("transfer for a contract", "Error(Contract, #10)",
						new Call("transfer", Scv.toAddress(this.chain.devnet.usdcContract()), address(this.merchant),
								ManualNetwork.amount(1))),
				arguments("transfer without trustline", "Error(Contract, #13)",
						new Call("transfer", address(this.spender), address(this.merchant), ManualNetwork.amount(1))),
				arguments("balance without trustline", "Error(Contract, #13)",
						new Call("balance", address(this.stranger))),
				arguments("unknown function", "Error(Value, InvalidInput)", new Call("steal")),
				arguments("too few arguments", "Error(Context, UnexpectedSize)", new Call("balance")),
				arguments("argument of another type", "Error(Value, UnexpectedType)",
						new Call("balance", Scv.toUint32(1))));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("wrongCalls")
	void wrongCallGetsItsError(String name, String error, Call call) {
		JsonNode simulated = simulate(call);

		assertThat(simulated.get("error").asString().lines().findFirst()).contains("HostError: " + error);
		assertThat(simulated.has("results")).isFalse();
		assertThat(simulated.has("minResourceFee")).isFalse();
	}

	Stream<Arguments> views() {
		KeyPair circle = KeyPair.fromAccountId("GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5");
		return Stream.of(arguments(new Call("decimals"), Scv.toUint32(7)),
				arguments(new Call("symbol"), Scv.toString("USDC")),
				arguments(new Call("name"), Scv.toString("USDC:" + circle.getAccountId())),
				arguments(new Call("balance", address(this.payer)), ManualNetwork.amount(10_000_000)),
				arguments(new Call("balance", address(circle)), ManualNetwork.amount(Long.MAX_VALUE)),
				arguments(new Call("balance", Scv.toAddress(this.chain.devnet.usdcContract())),
						ManualNetwork.amount(0)),
				arguments(new Call("authorized", address(this.payer)), Scv.toBoolean(true)),
				arguments(new Call("allowance", address(this.payer), address(this.merchant)), ManualNetwork.amount(0)));
	}

	@ParameterizedTest
	@MethodSource("views")
	void viewTellsTheTruth(Call call, SCVal value) {
		assertThat(this.chain.view(this.spender, call.function(), call.args())).isEqualTo(value);
	}

	@Test
	void zeroMovesWithoutAllowance() {
		JsonNode simulated = this.chain.simulate(this.chain.call(this.stranger, this.stranger, "transfer_from",
				address(this.stranger), address(this.payer), address(this.merchant), ManualNetwork.amount(0)));

		assertThat(simulated.has("error")).isFalse();
	}

	@Test
	void contractThatDoesNotExistIsAStorageError() {
		JsonNode simulated = this.chain.simulate(this.chain
			.callOf("CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA", this.payer, this.payer, "decimals"));

		assertThat(simulated.get("error").asString()).startsWith("HostError: Error(Storage, MissingValue)");
	}

	private JsonNode simulate(Call call) {
		return this.chain.simulate(this.chain.call(this.spender, this.spender, call.function(), call.args()));
	}

	private Call transferFrom(KeyPair to, long amount) {
		return new Call("transfer_from", address(this.spender), address(this.payer), address(to),
				ManualNetwork.amount(amount));
	}

	private Call transferFrom(BigInteger amount) {
		return new Call("transfer_from", address(this.spender), address(this.payer), address(this.merchant),
				Scv.toInt128(amount));
	}

	private static SCVal address(KeyPair key) {
		return ManualNetwork.address(key);
	}

	record Call(String function, SCVal... args) {
	}

}
