package io.github.x402sessions.devnet;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Address;
import org.stellar.sdk.Asset;
import org.stellar.sdk.ExtendFootprintTTLOperation;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deployment of asset contracts and extension of their life, by any account.
 */
class ContractLifeTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair somebody = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void vectorDeploysTheContractThatFollowsFromTheIssuer() {
		JsonNode simulated = this.chain.rpc.result("simulateTransaction",
				Map.of("transaction", Vectors.text("/createSacContract/unsimulatedEnvelopeXdr")));
		assertThat(simulated.at("/results/0/xdr").asString())
			.isEqualTo(base64(Scv.toAddress(Vectors.text("/contracts/usdcSac"))));
		assertThat(simulated.at("/results/0/auth")).isEmpty();
		assertThat(simulated.at("/stateChanges/0/type").asString()).isEqualTo("created");
	}

	@Test
	void deployedContractWorksAndIsNotDeployedTwice() throws IOException {
		Asset gold = Asset.create("GOLD:" + this.somebody.getAccountId());
		Transaction deployment = deployment(gold);
		assertThat(
				this.chain.land(this.chain.prepared(deployment, this.somebody, this.somebody)).at("/status").asString())
			.isEqualTo("SUCCESS");
		String contract = gold.getContractId(deployment.getNetwork());
		JsonNode name = this.chain.simulate(this.chain.callOf(contract, this.somebody, this.somebody, "name"));
		assertThat(name.at("/results/0/xdr").asString())
			.isEqualTo(base64(Scv.toString("GOLD:" + this.somebody.getAccountId())));
		assertThat(this.chain.simulate(deployment(gold)).at("/error").asString())
			.startsWith("HostError: Error(Storage, ExistingValue)");
		assertThat(liveUntil(instance(contract))).isEqualTo(this.chain.devnet.latestLedger() - 1 + 120_960);
	}

	@Test
	void entryLivesLongerOnceItIsExtended() throws IOException {
		Asset gold = Asset.create("GOLD:" + this.somebody.getAccountId());
		Transaction deployment = deployment(gold);
		this.chain.land(this.chain.prepared(deployment, this.somebody, this.somebody));
		LedgerKey key = instance(gold.getContractId(deployment.getNetwork()));
		Transaction extension = extension(key, 500_000);
		JsonNode simulated = this.chain.simulate(extension);
		assertThat(simulated.has("results")).isFalse();
		assertThat(simulated.at("/minResourceFee").asString()).matches("[1-9][0-9]+");
		JsonNode extended = this.chain.land(this.chain.prepared(extension, this.somebody, this.somebody));
		assertThat(extended.at("/status").asString()).isEqualTo("SUCCESS");
		assertThat(liveUntil(key)).isEqualTo(this.chain.devnet.latestLedger() + 500_000);
		this.chain.land(this.chain.prepared(extension(key, 1000), this.somebody, this.somebody));
		assertThat(liveUntil(key)).as("is never shortened").isGreaterThan(500_000);
	}

	@Test
	void extensionThatIsTooLongOrWritesIsMalformed() {
		Transaction tooLong = extension(instance(this.chain.devnet.usdcContract()), 3_110_400);
		JsonNode sent = this.chain.send(ManualNetwork.signed(declared(tooLong), this.somebody));
		assertThat(sent.at("/status").asString()).isEqualTo("ERROR");
		assertThat(ResultXdr.parse(sent.at("/errorResultXdr").asString()).getResult().getResults()[0].getTr()
			.getExtendFootprintTTLResult()
			.getDiscriminant()
			.getValue()).isEqualTo(-1);
		assertThat(this.chain
			.simulate(this.chain.build(this.somebody, ExtendFootprintTTLOperation.builder().extendTo(10L).build()))
			.at("/error")
			.asString()).contains("SorobanTransactionData must be provided");
	}

	/** The transaction with more than enough resources declared. */
	private Transaction declared(Transaction extension) {
		return this.chain.builder(this.somebody, extension.getOperations())
			.setSorobanData(new SorobanDataBuilder(extension.getSorobanData()).setResourceFee(1_000_000).build())
			.setBaseFee(1_000_100)
			.setTimeout(300)
			.build();
	}

	private Transaction deployment(Asset asset) {
		return this.chain.build(this.somebody,
				InvokeHostFunctionOperation.createStellarAssetContractOperationBuilder(asset).build());
	}

	private Transaction extension(LedgerKey key, long by) {
		return this.chain.builder(this.somebody, ExtendFootprintTTLOperation.builder().extendTo(by).build())
			.setSorobanData(new SorobanDataBuilder().setReadOnly(List.of(key)).build())
			.setTimeout(300)
			.build();
	}

	private static LedgerKey instance(String contract) {
		return new LedgerKey.Builder().discriminant(LedgerEntryType.CONTRACT_DATA)
			.contractData(new LedgerKey.LedgerKeyContractData.Builder().contract(new Address(contract).toSCAddress())
				.key(Scv.toLedgerKeyContractInstance())
				.durability(ContractDataDurability.PERSISTENT)
				.build())
			.build();
	}

	private long liveUntil(LedgerKey key) {
		String text = ManualNetwork.ask(key::toXdrBase64);
		return this.chain.rpc.result("getLedgerEntries", Map.of("keys", List.of(text)))
			.at("/entries/0/liveUntilLedgerSeq")
			.asLong();
	}

	private static String base64(SCVal value) {
		return ManualNetwork.ask(value::toXdrBase64);
	}

}
