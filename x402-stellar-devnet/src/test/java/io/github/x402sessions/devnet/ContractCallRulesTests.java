package io.github.x402sessions.devnet;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Memo;
import org.stellar.sdk.Operation;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.xdr.InvokeHostFunctionResultCode;
import org.stellar.sdk.xdr.LedgerFootprint;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SorobanTransactionData;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The declarations of a transaction that calls a contract, and its failure when they are
 * too low.
 */
class ContractCallRulesTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair payer = this.chain.holder("1");

	private final KeyPair merchant = this.chain.holder("0");

	private final Transaction prepared = this.chain.prepared(call(), this.payer, this.payer);

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void resourcesMustBeDeclared() {
		JsonNode refused = this.chain.send(ManualNetwork.signed(call(), this.payer));

		assertThat(refused.get("errorResultXdr").asString()).isEqualTo(Vectors.text("/results/txMALFORMED_fee0"));
	}

	@Test
	void memoIsRefusedWithAnExplanation() {
		Transaction withMemo = builder(this.prepared.getOperations()[0], this.prepared.getSorobanData())
			.addMemo(Memo.text("hello"))
			.build();

		JsonNode refused = this.chain.send(ManualNetwork.signed(withMemo, this.payer));

		assertThat(refused.get("errorResultXdr").asString()).isEqualTo(Vectors.text("/results/txSOROBAN_INVALID_fee0"));
		assertThat(refused.get("diagnosticEventsXdr")).hasSize(1);
	}

	static Stream<Arguments> impossible() {
		return Stream.of(arguments("a fee below its resources", change((data) -> data.setResourceFee(1000))),
				arguments("more instructions than a transaction may have",
						change((data) -> data.setResources(resources(400_000_001, 500, 500)))),
				arguments("more bytes than a transaction may write",
						change((data) -> data.setResources(resources(300_000, 500, 300_000)))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void impossible(String name, UnaryOperator<SorobanTransactionData> change) {
		JsonNode refused = this.chain.send(changed(change));

		assertThat(refused.get("errorResultXdr").asString()).isEqualTo(Vectors.text("/results/txSOROBAN_INVALID_fee0"));
	}

	@Test
	void footprintNamesNothingTwice() {
		JsonNode refused = this.chain.send(changed((data) -> {
			LedgerFootprint footprint = data.getResources().getFootprint();
			footprint.setReadOnly(new LedgerKey[] { footprint.getReadOnly()[0], footprint.getReadOnly()[0] });
			return data;
		}));

		assertThat(refused.get("errorResultXdr").asString()).isEqualTo(Vectors.text("/results/txSOROBAN_INVALID_fee0"));
	}

	static Stream<Arguments> tooLittle() {
		return Stream.of(
				arguments("instructions", "INVOKE_HOST_FUNCTION_RESOURCE_LIMIT_EXCEEDED",
						change((data) -> data.setResources(resources(100_000, 500, 500)))),
				arguments("bytes to read", "INVOKE_HOST_FUNCTION_RESOURCE_LIMIT_EXCEEDED",
						change((data) -> data.setResources(resources(300_000, 231, 500)))),
				arguments("bytes to write", "INVOKE_HOST_FUNCTION_RESOURCE_LIMIT_EXCEEDED",
						change((data) -> data.setResources(resources(300_000, 500, 231)))),
				arguments("fee for events", "INVOKE_HOST_FUNCTION_INSUFFICIENT_REFUNDABLE_FEE",
						change((data) -> data.setResourceFee(14_100))),
				arguments("entries to write", "INVOKE_HOST_FUNCTION_TRAPPED",
						change((data) -> data.setReadWrite(List.of()))));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource
	void tooLittle(String name, String code, UnaryOperator<SorobanTransactionData> change) {
		JsonNode landed = this.chain.land(changed(change));

		assertThat(landed.get("status").asString()).isEqualTo("FAILED");
		assertThat(code(landed).name()).isEqualTo(code);
		assertThat(this.chain.usdc(this.merchant)).isZero();
	}

	@Test
	void authorizationMustBeAttached() {
		Transaction bare = builder(call().getOperations()[0], this.prepared.getSorobanData()).build();

		JsonNode failed = this.chain.land(ManualNetwork.signed(bare, this.payer));

		assertThat(code(failed)).isEqualTo(InvokeHostFunctionResultCode.INVOKE_HOST_FUNCTION_TRAPPED);
		assertThat(DiagnosticErrors.of(failed)).containsExactly("Error(Auth, InvalidAction)");
		assertThat(this.chain.usdc(this.merchant)).isZero();
	}

	@Test
	void simulationOfAnAuthorizedCallChecksIt() {
		assertThat(this.chain.simulate(this.prepared).at("/results/0/auth")).hasSize(1);

		Transaction foreign = this.chain.prepared(this.merchant, this.merchant, "transfer",
				ManualNetwork.address(this.merchant), ManualNetwork.address(this.payer), ManualNetwork.amount(0));
		Transaction stolen = this.chain.build(this.payer, foreign.getOperations()[0]);
		assertThat(this.chain.simulate(stolen).get("error").asString())
			.startsWith("HostError: Error(Auth, InvalidAction)");
	}

	private Transaction call() {
		return this.chain.call(this.payer, this.payer, "transfer", ManualNetwork.address(this.payer),
				ManualNetwork.address(this.merchant), ManualNetwork.amount(5));
	}

	private Transaction changed(UnaryOperator<SorobanTransactionData> change) {
		SorobanTransactionData data = change.apply(this.prepared.getSorobanData());
		return ManualNetwork.signed(builder(this.prepared.getOperations()[0], data).build(), this.payer);
	}

	private static UnaryOperator<SorobanTransactionData> change(UnaryOperator<SorobanDataBuilder> change) {
		return (data) -> change.apply(new SorobanDataBuilder(data)).build();
	}

	private static SorobanDataBuilder.Resources resources(long instructions, long read, long written) {
		return SorobanDataBuilder.Resources.builder()
			.cpuInstructions(instructions)
			.readBytes(read)
			.writeBytes(written)
			.build();
	}

	private TransactionBuilder builder(Operation operation, SorobanTransactionData data) {
		return this.chain.builder(this.payer, operation)
			.setSorobanData(data)
			.setBaseFee(this.prepared.getFee())
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE);
	}

	private static InvokeHostFunctionResultCode code(JsonNode landed) {
		return ResultXdr.parse(landed.get("resultXdr").asString()).getResult().getResults()[0].getTr()
			.getInvokeHostFunctionResult()
			.getDiscriminant();
	}

}
