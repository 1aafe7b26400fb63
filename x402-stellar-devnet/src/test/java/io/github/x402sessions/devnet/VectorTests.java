package io.github.x402sessions.devnet;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.contract.asset.AssetInstance;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.Entry;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.ledger.Trustline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.Asset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The network against bytes that the official SDK and the protocol's fee rules gave, at
 * the ledger for which they were computed.
 */
class VectorTests {

	private static final int LEDGER = 1000;

	private StellarDevnet devnet;

	private RpcClient rpc;

	@BeforeEach
	void start() {
		this.devnet = StellarDevnet.builder()
			.ledgerInterval(Duration.ZERO)
			.usdcIssuer(Vectors.text("/keys/issuer/publicKey"))
			.clock(Clock.fixed(Instant.ofEpochSecond(1795000000L), ZoneOffset.UTC))
			.start();
		while (this.devnet.latestLedger() < LEDGER) {
			this.devnet.closeLedger();
		}
		for (String name : List.of("user", "facilitator", "merchant", "channel")) {
			this.devnet.fund(Vectors.text("/keys/" + name + "/publicKey"));
		}
		this.devnet.faucet(Vectors.text("/keys/user/publicKey"), new BigDecimal("100"));
		this.devnet.faucet(Vectors.text("/keys/merchant/publicKey"), BigDecimal.ZERO);
		this.rpc = new RpcClient(this.devnet.rpcUri());
	}

	@AfterEach
	void stop() {
		this.devnet.close();
	}

	@Test
	void usdcContractFollowsFromIssuer() {
		assertThat(this.devnet.usdcContract()).isEqualTo(Vectors.text("/contracts/usdcSac"));
	}

	@Test
	void defaultUsdcContractIsThatOfTestnet() {
		try (StellarDevnet defaults = StellarDevnet.builder().start()) {
			assertThat(defaults.usdcContract()).isEqualTo(Vectors.text("/contracts/circleUsdcTestnet/sac"));
			assertThat(defaults.networkPassphrase()).isEqualTo(Vectors.text("/network/passphrase"));
		}
	}

	@Test
	void approveSimulatesToTheByte() {
		JsonNode simulated = simulate("approve");

		assertThat(simulated.at("/transactionData").asString())
			.isEqualTo(Vectors.text("/approve/simulation/transactionData"));
		assertThat(simulated.at("/minResourceFee").asString())
			.isEqualTo(Vectors.text("/approve/simulation/minResourceFee"));
		assertThat(simulated.at("/results/0/auth/0").asString())
			.isEqualTo(Vectors.text("/approve/simulation/authEntriesUnsigned/0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "transferFromSourceAuth", "transferFromChannel_OP_SOURCE" })
	void transferFromSimulatesToTheByte(String vector) {
		approve();

		JsonNode simulated = simulate(vector);

		assertThat(simulated.at("/transactionData").asString())
			.isEqualTo(Vectors.text("/" + vector + "/simulation/transactionData"));
		assertThat(simulated.at("/minResourceFee").asString())
			.isEqualTo(Vectors.text("/" + vector + "/simulation/minResourceFee"));
		assertThat(simulated.at("/results/0/auth/0").asString())
			.isEqualTo(Vectors.text("/" + vector + "/simulation/authEntriesUnsigned/0"));
		assertThat(simulated.at("/events/0").asString()).isEqualTo(Vectors.text("/diagnostic/okTrace/0"));
		assertThat(simulated.at("/events/1").asString()).isEqualTo(Vectors.text("/diagnostic/okTrace/1"));
		assertThat(simulated.at("/events/2").asString()).isEqualTo(Vectors.text("/diagnostic/okTrace/2"));
		assertThat(simulated.at("/stateChanges")).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "approve", "transferFromSourceAuth", "transferFromChannel_OP_SOURCE",
			"transferFromChannel_ADDRESS", "transferFromChannel_ADDRESS_V2" })
	void signedEnvelopeIsAcceptedAndChargedAsComputed(String vector) {
		if (!vector.equals("approve")) {
			approve();
		}

		JsonNode applied = land(vector);

		assertThat(applied.at("/status").asString()).isEqualTo("SUCCESS");
		assertThat(applied.at("/envelopeXdr").asString()).isEqualTo(Vectors.text("/" + vector + "/signed/envelopeXdr"));
		assertThat(ResultXdr.feeCharged(applied)).isEqualTo(Vectors.number("/" + vector + "/expectedCharge/total"));
	}

	@Test
	void transferFromShowsTheHashOfValueAndEvents() {
		approve();

		JsonNode applied = land("transferFromSourceAuth");

		assertThat(ResultXdr.successHash(applied)).isEqualTo(Vectors.text("/successPreimage/sha256"));
		assertThat(applied.at("/events/contractEventsXdr/0/0").asString()).isEqualTo(Vectors.text("/events/transfer"));
	}

	@Test
	void approvalIsAnEntryAndAnEvent() {
		JsonNode approved = approve();

		assertThat(approved.at("/events/contractEventsXdr/0/0").asString()).isEqualTo(Vectors.text("/events/approve"));
		JsonNode entry = entries(Vectors.text("/ledgerKeys/allowanceUserToFacilitator")).get(0);
		assertThat(entry.get("xdr").asString()).isEqualTo(Vectors.text("/ledgerEntryData/allowance"));
		assertThat(entry.get("liveUntilLedgerSeq").asLong())
			.isEqualTo(Vectors.number("/approve/args/live_until_ledger"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "accountUser", "trustlineUser", "sacInstance" })
	void entryHasTheBytesOfTheProtocol(String name) {
		JsonNode entry = entries(Vectors.text("/ledgerKeys/" + name)).get(0);

		assertThat(entry.get("key").asString()).isEqualTo(Vectors.text("/ledgerKeys/" + name));
		assertThat(entry.get("xdr").asString()).isEqualTo(Vectors.text("/ledgerEntryData/" + name));
		assertThat(entry.has("liveUntilLedgerSeq")).isEqualTo(name.equals("sacInstance"));
		assertThat(entry.get("extXdr").asString()).isEqualTo("AAAAAA==");
	}

	@ParameterizedTest
	@ValueSource(strings = { "allowanceView", "balanceView", "decimalsView" })
	void viewReturnsTheValue(String view) {
		approve();

		JsonNode simulated = simulate(view);

		assertThat(simulated.at("/results/0/xdr").asString()).isEqualTo(Vectors.text("/" + view + "/retval"));
		assertThat(simulated.at("/results/0/auth")).isEmpty();
	}

	@Test
	void missingAllowanceIsExplainedInTheServersWords() {
		JsonNode simulated = simulate("transferFromSourceAuth");

		assertThat(simulated.at("/error").asString())
			.isEqualTo(Vectors.text("/diagnostic/failInsufficientAllowance/error"));
		assertThat(simulated.at("/events/0").asString())
			.isEqualTo(Vectors.text("/diagnostic/failInsufficientAllowance/events/0"));
		assertThat(simulated.at("/events/1").asString())
			.isEqualTo(Vectors.text("/diagnostic/failInsufficientAllowance/events/1"));
		assertThat(simulated.has("transactionData")).isFalse();
	}

	@Test
	void changeTrustLands() {
		JsonNode sent = send("/changeTrust/envelopeXdr");
		assertThat(sent.get("hash").asString()).isEqualTo(Vectors.text("/changeTrust/hash"));
		this.devnet.closeLedger();

		assertThat(applied(sent).at("/resultXdr").asString()).isEqualTo(Vectors.text("/results/txSUCCESS_changeTrust"));
	}

	@Test
	void feeBumpIsAcceptedAndFoundByBothHashes() {
		approve();

		JsonNode sent = send("/feeBump/envelopeXdr");
		assertThat(sent.get("status").asString()).isEqualTo("PENDING");
		assertThat(sent.get("hash").asString()).isEqualTo(Vectors.text("/feeBump/hash"));
		this.devnet.closeLedger();

		assertThat(applied(sent).at("/status").asString()).isEqualTo("SUCCESS");
		JsonNode inner = this.rpc.result("getTransaction", Map.of("hash", Vectors.text("/feeBump/innerHash")));
		assertThat(inner.at("/resultXdr").asString()).isEqualTo(applied(sent).at("/resultXdr").asString());
		assertThat(inner.at("/feeBump").asBoolean()).isTrue();
	}

	@Test
	void rootAccountOpensAnAccount() {
		this.devnet.reset();
		while (this.devnet.latestLedger() < LEDGER - 1) {
			this.devnet.closeLedger();
		}
		assertThat(entries(rootKey())).hasSize(1);

		JsonNode sent = send("/createAccount/envelopeXdr");
		assertThat(sent.get("hash").asString()).isEqualTo(Vectors.text("/createAccount/hash"));
		this.devnet.closeLedger();

		assertThat(applied(sent).at("/resultXdr").asString())
			.isEqualTo(Vectors.text("/results/txSUCCESS_createAccount"));
		assertThat(entries(Vectors.text("/ledgerKeys/accountUser"))).hasSize(1);
	}

	private static String rootKey() {
		return EntryKey.account(Vectors.text("/networkRootAccount/publicKey")).toBase64();
	}

	@ParameterizedTest
	@ValueSource(strings = { "createAccount", "changeTrust", "paymentIssuerToUser", "feeBump" })
	void hashIsThatOfTheSdk(String vector) {
		assertThat(send("/" + vector + "/envelopeXdr").get("hash").asString())
			.isEqualTo(Vectors.text("/" + vector + "/hash"));
	}

	@Test
	void entriesHaveTheSizesOfTheProtocol() {
		Asset usdc = Asset.create(Vectors.text("/contracts/usdcAsset"));
		String user = Vectors.text("/keys/user/publicKey");
		assertThat(size(Trustline.opened(user, usdc))).isEqualTo(Vectors.number("/sizes/ledgerEntryBytes/trustline"));
		assertThat(size(Account.opened(user, 1, 1).used(1, 1, 1)))
			.isEqualTo(Vectors.number("/sizes/ledgerEntryBytes/accountWithExtV3"));
		assertThat(size(AssetInstance.deployed(Vectors.text("/contracts/usdcSac"), usdc).toEntry()))
			.isEqualTo(Vectors.number("/sizes/ledgerEntryBytes/sacInstanceUSDC"));
		assertThat(
				size(new ContractData(user, Scv.toLedgerKeyNonce(1), ContractDataDurability.TEMPORARY, Scv.toVoid())))
			.isEqualTo(Vectors.number("/sizes/ledgerEntryBytes/nonce"));
	}

	private static int size(Entry entry) {
		return new StoredEntry(entry, 1, 1).size();
	}

	private JsonNode approve() {
		JsonNode applied = land("approve");
		assertThat(applied.at("/status").asString()).isEqualTo("SUCCESS");
		return applied;
	}

	private JsonNode simulate(String vector) {
		return this.rpc.result("simulateTransaction",
				Map.of("transaction", Vectors.text("/" + vector + "/unsimulated/envelopeXdr")));
	}

	private JsonNode entries(String key) {
		return this.rpc.result("getLedgerEntries", Map.of("keys", List.of(key))).get("entries");
	}

	private JsonNode land(String vector) {
		JsonNode sent = send("/" + vector + "/signed/envelopeXdr");
		assertThat(sent.get("status").asString()).as(sent.toString()).isEqualTo("PENDING");
		assertThat(sent.get("hash").asString()).isEqualTo(Vectors.text("/" + vector + "/signed/hash"));
		this.devnet.closeLedger();
		return applied(sent);
	}

	private JsonNode send(String pointer) {
		return this.rpc.result("sendTransaction", Map.of("transaction", Vectors.text(pointer)));
	}

	private JsonNode applied(JsonNode sent) {
		return this.rpc.result("getTransaction", Map.of("hash", sent.get("hash").asString()));
	}

}
