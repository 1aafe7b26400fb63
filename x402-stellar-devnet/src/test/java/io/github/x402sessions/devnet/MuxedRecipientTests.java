package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments to one of many who share an account ({@code M…}).
 */
class MuxedRecipientTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair payer = this.chain.holder("1");

	private final KeyPair merchant = this.chain.holder("0");

	private final MuxedAddress customer = new MuxedAddress(this.merchant.getPublicKey(), new BigInteger("42"));

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void theAccountIsPaidAndTheEventTellsForWhom() {
		Transaction call = transfer(this.customer);

		JsonNode paid = land(call, SignedAuthorization.ofSource(args(call)));

		assertThat(paid.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(this.merchant)).isEqualTo(7);
		ContractEvent.ContractEventBody.ContractEventV0 event = ManualNetwork
			.ask(() -> ContractEvent.fromXdrBase64(paid.at("/events/contractEventsXdr/0/0").asString()))
			.getBody()
			.getV0();
		assertThat(event.getTopics()[2]).isEqualTo(ManualNetwork.address(this.merchant));
		assertThat(Scv.fromMap(event.getData())).containsExactly(
				Map.entry(Scv.toSymbol("amount"), ManualNetwork.amount(7)),
				Map.entry(Scv.toSymbol("to_muxed_id"), Scv.toUint64(BigInteger.valueOf(42))));
	}

	@Test
	void simulationTellsTheAddressAsItIsWritten() {
		JsonNode simulated = simulate(transfer(this.customer));

		byte[] address = MuxedAddress.toWire(XdrCodec.bytes(this.customer.toScVal()::toXdrByteArray));
		assertThat(address).hasSize(48);
		assertThat(hex(simulated.at("/results/0/auth/0"))).contains(HexFormat.of().formatHex(address));
		assertThat(hex(simulated.at("/events/0"))).contains(HexFormat.of().formatHex(address));
		assertThat(simulated.at("/events")).hasSize(3);
	}

	@Test
	void failureNamesTheAddress() {
		JsonNode failed = simulate(call("transfer", ManualNetwork.address(this.payer), this.customer.toScVal(),
				ManualNetwork.amount(10_000_001)));

		assertThat(failed.get("error").asString()).startsWith("HostError: Error(Contract, #10)")
			.contains("transfer], data:[" + this.payer.getAccountId() + ", " + this.customer + ", 10000001]");
		assertThat(this.customer.toString()).startsWith("M");
	}

	@Test
	void consentToAnotherIdIsNone() {
		MuxedAddress other = new MuxedAddress(this.merchant.getPublicKey(), new BigInteger("43"));

		JsonNode failed = land(transfer(this.customer), SignedAuthorization.ofSource(args(transfer(other))));

		assertThat(failed.get("status").asString()).isEqualTo("FAILED");
		assertThat(this.chain.usdc(this.merchant)).isZero();
	}

	@Test
	void onlyATransferTakesOne() {
		Transaction call = call("transfer_from", ManualNetwork.address(this.payer), ManualNetwork.address(this.payer),
				this.customer.toScVal(), ManualNetwork.amount(0));

		assertThat(simulate(call).get("error").asString()).startsWith("HostError: Error(Value, UnexpectedType)");
	}

	private Transaction transfer(MuxedAddress to) {
		return call("transfer", ManualNetwork.address(this.payer), to.toScVal(), ManualNetwork.amount(7));
	}

	private Transaction call(String function, SCVal... args) {
		return this.chain.call(this.payer, this.payer, function, args);
	}

	private static InvokeContractArgs args(Transaction call) {
		return ((InvokeHostFunctionOperation) call.getOperations()[0]).getHostFunction().getInvokeContract();
	}

	private JsonNode simulate(Transaction call) {
		return this.chain.rpc.result("simulateTransaction", Map.of("transaction", signed(call)));
	}

	private JsonNode land(Transaction call, SorobanAuthorizationEntry consent) {
		String data = simulate(call).get("transactionData").asString();
		InvokeHostFunctionOperation operation = InvokeHostFunctionOperation.builder()
			.hostFunction(((InvokeHostFunctionOperation) call.getOperations()[0]).getHostFunction())
			.auth(List.of(consent))
			.build();
		Transaction prepared = this.chain.builder(this.payer, operation)
			.setTimeout(0)
			.setBaseFee(1_000_000)
			.setSorobanData(data)
			.build();
		JsonNode sent = this.chain.rpc.result("sendTransaction", Map.of("transaction", signed(prepared)));
		assertThat(sent.get("status").asString()).as(sent.toString()).isEqualTo("PENDING");
		this.chain.devnet.closeLedger();
		return this.chain.rpc.result("getTransaction", Map.of("hash", sent.get("hash").asString()));
	}

	private String signed(Transaction transaction) {
		return RawTransaction.of(transaction).signed(this.chain.devnet.networkPassphrase(), this.payer);
	}

	private static String hex(JsonNode base64) {
		return HexFormat.of().formatHex(XdrCodec.bytes(base64.asString()));
	}

}
