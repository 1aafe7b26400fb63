package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.Asset;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.Signer;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanTransactionData;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The host's diagnostics of failed calls and of deployments.
 */
class HostDiagnosticsTests {

	private static final String REFUSED = "Error(Auth, InvalidAction)";

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair sender = this.chain.account();

	private final KeyPair payer = this.chain.holder("1");

	private final KeyPair merchant = this.chain.holder("0");

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void keyThatIsNoSigner() {
		JsonNode refused = consented(KeyPair.random());

		assertThat(errors(refused)).containsExactly("Error(Contract, #5)", REFUSED);
		assertThat(refused.get("error").asString()).contains("signer does not belong to account");
	}

	@Test
	void weightBelowTheThreshold() {
		this.chain.land(ManualNetwork.signed(this.chain.build(this.payer,
				new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(KeyPair.random()), 1)
					.setMediumThreshold(2)
					.build()),
				this.payer));

		JsonNode refused = consented(this.payer);

		assertThat(errors(refused)).containsExactly("Error(Contract, #5)", REFUSED);
		assertThat(refused.get("error").asString()).contains("\"signature weight is lower than threshold\", 1, 2");
	}

	@ParameterizedTest
	@CsvSource({ "true, spent amount is too large for an i64", "false, received amount is too large for an i64" })
	void amountAboveWhatAccountsCount(boolean spending, String message) {
		SCVal account = ManualNetwork.address(this.payer);
		SCVal huge = Scv.toInt128(BigInteger.ONE.shiftLeft(63));
		Transaction call = spending ? this.chain.call(this.payer, this.payer, "transfer", account,
				ManualNetwork.address(this.merchant), huge)
				: this.chain.call(this.sender, this.sender, "mint", account, huge);

		assertThat(this.chain.simulate(call).get("error").asString()).startsWith("HostError: Error(Contract, #12)")
			.contains("data:\"" + message + "\"");
	}

	@ParameterizedTest
	@CsvSource({ "CONTRACT_DATA, contract instance", "TRUSTLINE, account trustline" })
	void entryOutsideOfTheFootprint(LedgerEntryType missing, String kind) {
		Transaction prepared = ManualNetwork
			.ask(() -> this.chain.server.prepareTransaction(this.chain.call(this.payer, this.payer, "transfer",
					ManualNetwork.address(this.payer), ManualNetwork.address(this.merchant), ManualNetwork.amount(1))));
		SorobanTransactionData data = prepared.getSorobanData();
		data.getResources()
			.getFootprint()
			.setReadOnly(without(missing, data.getResources().getFootprint().getReadOnly()));
		data.getResources()
			.getFootprint()
			.setReadWrite(without(missing, data.getResources().getFootprint().getReadWrite()));
		Transaction narrow = this.chain.builder(this.payer, prepared.getOperations()[0])
			.setTimeout(0)
			.setBaseFee(prepared.getFee())
			.setSorobanData(new SorobanDataBuilder(data).build())
			.build();

		JsonNode failed = this.chain.land(ManualNetwork.signed(narrow, this.payer));

		assertThat(DiagnosticErrors.of(failed)).containsExactly("Error(Storage, ExceededLimit)");
		assertThat(DiagnosticErrors.messages(failed))
			.containsExactly("trying to access " + kind + " outside of the footprint");
	}

	@Test
	void deploymentInitializesTheContract() {
		Asset asset = Asset.create(null, "GOLD", this.merchant.getAccountId());
		JsonNode simulated = this.chain.simulate(this.chain.build(this.sender,
				InvokeHostFunctionOperation.createStellarAssetContractOperationBuilder(asset).build()));

		String contract = ManualNetwork
			.ask(() -> asset.getContractId(new Network(this.chain.devnet.networkPassphrase())));
		assertThat(DiagnosticErrors.topics(simulated)).containsExactly(List.of("fn_call", contract, "init_asset"),
				List.of("fn_return", "init_asset"));
	}

	private static LedgerKey[] without(LedgerEntryType type, LedgerKey[] keys) {
		List<LedgerKey> left = new ArrayList<>(List.of(keys));
		left.removeIf((key) -> key.getDiscriminant() == type);
		return left.toArray(LedgerKey[]::new);
	}

	private JsonNode consented(KeyPair signer) {
		InvokeHostFunctionOperation operation = (InvokeHostFunctionOperation) this.chain
			.call(this.sender, this.sender, "burn", ManualNetwork.address(this.payer), ManualNetwork.amount(1))
			.getOperations()[0];
		InvokeContractArgs call = operation.getHostFunction().getInvokeContract();
		SignedAuthorization consent = new SignedAuthorization(this.payer.getAccountId(), 1, 100, call);
		byte[] payload = consent.payload(new Network(this.chain.devnet.networkPassphrase()).getNetworkId(), false);
		return this.chain.simulate(this.chain.build(this.sender,
				InvokeHostFunctionOperation.builder()
					.hostFunction(operation.getHostFunction())
					.auth(List.of(consent.entry(SignedAuthorization.signatures(signer, payload, ""))))
					.build()));
	}

	private static List<String> errors(JsonNode simulated) {
		return DiagnosticErrors.of(simulated, "events");
	}

}
