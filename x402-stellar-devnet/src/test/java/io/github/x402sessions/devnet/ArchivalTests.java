package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.RestoreFootprintOperation;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.TransactionResult;
import org.stellar.sdk.xdr.TransactionResultCode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Persistent entries whose life has passed, and how they come back.
 */
class ArchivalTests {

	private static final long RESTORED_LIFE = 120_960;

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair owner = this.chain.holder("100");

	private final KeyPair spender = this.chain.account();

	private final String usdc = this.chain.devnet.usdcContract();

	private final String holder = StrKey.encodeContract(XdrCodec.sha256(new byte[] { 1 }));

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void archivedEntryIsStillTold() {
		JsonNode before = entry(instance());
		this.chain.devnet.archiveContract(this.usdc);

		assertThat(before.get("liveUntilLedgerSeq").asLong()).isPositive();
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isZero();
		assertThat(entry(instance()).get("xdr").asString()).isEqualTo(before.get("xdr").asString());
	}

	@Test
	void simulationRestoresWhatTheCallTouches() {
		JsonNode alive = this.chain.simulate(approval());
		this.chain.devnet.archiveContract(this.usdc);

		JsonNode restoring = this.chain.simulate(approval());

		byte[] data = XdrCodec.bytes(restoring.get("transactionData").asString());
		SorobanTransactionData readable = RestoringTransaction.readable(data);
		List<EntryKey> written = Stream.of(readable.getResources().getFootprint().getReadWrite())
			.map(EntryKey::of)
			.toList();
		assertThat(written).contains(instance()).hasSize(2);
		assertThat(readable.getResources().getFootprint().getReadOnly()).isEmpty();
		assertThat(data).startsWith(new XdrWriter().int32(1).int32(1).int32(written.indexOf(instance())).toBytes());
		assertThat(readable.getResources().getReadBytes().getUint32().getNumber()).isGreaterThan(400);
		assertThat(restoring.get("minResourceFee").asLong())
			.isGreaterThan(alive.get("minResourceFee").asLong() + rentOfInstance());
		assertThat(restoring.has("restorePreamble")).isFalse();
		assertThat(this.chain.simulate(approval())).isEqualTo(restoring);
	}

	@Test
	void restoringCostsTheSameHoweverLongAgoItsLifePassed() {
		this.chain.devnet.archiveContract(this.usdc);
		Transaction view = this.chain.call(this.owner, this.owner, "decimals");
		JsonNode soon = this.chain.simulate(view);
		for (int i = 0; i < 500; i++) {
			this.chain.devnet.closeLedger();
		}

		assertThat(this.chain.simulate(view).get("minResourceFee")).isEqualTo(soon.get("minResourceFee"));
	}

	private static long rentOfInstance() {
		return 470 * 1000 * RESTORED_LIFE / (1024 * 1215);
	}

	@Test
	void callRestoresWhatItDeclares() {
		this.chain.devnet.archiveContract(this.usdc);
		RestoringTransaction restoring = RestoringTransaction.prepared(this.chain, this.owner, approval());
		JsonNode sent = send(restoring);
		assertThat(sent.get("hash").asString()).isEqualTo(restoring.hash());
		assertThat(sent.get("status").asString()).isEqualTo("PENDING");
		this.chain.devnet.closeLedger();
		long ledger = this.chain.devnet.latestLedger();

		JsonNode applied = applied(restoring);
		assertThat(applied.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(ResultXdr.feeCharged(applied)).isGreaterThan(rentOfInstance());
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isEqualTo(ledger + RESTORED_LIFE - 1);
		byte[] restored = new XdrWriter().int32(4)
			.int32(ledger)
			.raw(XdrCodec.bytes(entry(instance()).get("xdr").asString()))
			.toBytes();
		assertThat(applied.get("resultMetaXdr").asString())
			.satisfies((meta) -> assertThat(hex(XdrCodec.bytes(meta))).contains(hex(restored)));
		assertThat(this.chain.allowance(this.owner, this.spender)).isEqualTo(70);
	}

	@Test
	void callThatDoesNotSayItRestoresFails() {
		Transaction prepared = this.chain.prepared(approval(), this.owner, this.owner);
		this.chain.devnet.archiveContract(this.usdc);

		JsonNode applied = this.chain.land(prepared);

		assertThat(applied.get("status").asString()).isEqualTo("FAILED");
		assertThat(ResultXdr.parse(applied.get("resultXdr").asString()).getResult().getResults()[0].getTr()
			.getInvokeHostFunctionResult()
			.getDiscriminant()
			.getValue()).isEqualTo(-4);
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isZero();
	}

	@Test
	void whatLivesNeedsNoRestoring() {
		this.chain.devnet.archiveContract(this.usdc);
		RestoringTransaction late = RestoringTransaction.prepared(this.chain, this.owner, approval());
		restoreByOperation(instance());
		long liveUntil = entry(instance()).get("liveUntilLedgerSeq").asLong();
		send(late);
		this.chain.devnet.closeLedger();

		assertThat(applied(late).get("status").asString()).isEqualTo("SUCCESS");
		assertThat(ResultXdr.feeCharged(applied(late))).isLessThan(rentOfInstance());
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isEqualTo(liveUntil);
	}

	@Test
	void placesMustBePersistentWritableEntriesInOrder() {
		this.chain.devnet.archiveContract(this.usdc);
		Transaction call = approval();
		JsonNode simulated = this.chain.simulate(call);
		byte[] data = XdrCodec.bytes(simulated.get("transactionData").asString());
		int instance = data[11];

		for (int[] places : new int[][] { { 2 }, { -1 }, { instance, instance }, { 1 - instance }, { 1, 0 } }) {
			JsonNode sent = send(RestoringTransaction.of(this.chain, this.owner, call, simulated,
					RestoringTransaction.restoring(data, places)));
			assertThat(sent.get("status").asString()).as(Arrays.toString(places)).isEqualTo("ERROR");
			assertThat(ResultXdr.parse(sent.get("errorResultXdr").asString()).getResult().getDiscriminant())
				.isEqualTo(TransactionResultCode.txSOROBAN_INVALID);
		}
	}

	@Test
	void balanceOfAContractComesBackWithItsAmount() {
		this.chain.land(payment(30));
		EntryKey balance = balance();
		this.chain.devnet.archive(balance.toBase64());
		assertThat(entry(balance).get("liveUntilLedgerSeq").asLong()).isZero();

		JsonNode view = this.chain.simulate(this.chain.call(this.owner, this.owner, "balance", holderAddress()));
		assertThat(view.at("/results/0/xdr").asString())
			.isEqualTo(ManualNetwork.ask(() -> ManualNetwork.amount(30).toXdrBase64()));
		Transaction call = this.chain.call(this.owner, this.owner, "transfer", ManualNetwork.address(this.owner),
				holderAddress(), ManualNetwork.amount(12));
		RestoringTransaction restoring = RestoringTransaction.prepared(this.chain, this.owner, call);
		send(restoring);
		this.chain.devnet.closeLedger();

		assertThat(applied(restoring).get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.view(this.owner, "balance", holderAddress())).isEqualTo(ManualNetwork.amount(42));
	}

	@Test
	void operationRestoresWhatIsArchivedAndLeavesTheRest() {
		this.chain.land(payment(30));
		this.chain.devnet.archiveContract(this.usdc);
		JsonNode balanceBefore = entry(balance());

		JsonNode simulated = this.chain.simulate(restoration(instance(), balance()));
		SorobanTransactionData data = RestoringTransaction
			.readable(XdrCodec.bytes(simulated.get("transactionData").asString()));
		assertThat(data.getResources().getFootprint().getReadWrite()).containsExactly(instance().toXdr());
		assertThat(simulated.get("minResourceFee").asLong()).isGreaterThan(rentOfInstance());
		restoreByOperation(instance(), balance());

		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong())
			.isEqualTo(this.chain.devnet.latestLedger() + RESTORED_LIFE - 1);
		assertThat(entry(balance())).isEqualTo(balanceBefore);
		assertThat(this.chain.land(this.chain.prepared(approval(), this.owner, this.owner)).get("status").asString())
			.isEqualTo("SUCCESS");
	}

	@Test
	void operationRestoresOnlyWhatCanBe() {
		EntryKey nonce = EntryKey.contractData(this.usdc, Scv.toLedgerKeyNonce(1), ContractDataDurability.TEMPORARY);

		assertThat(this.chain.simulate(restoration(nonce)).get("error").asString()).startsWith("Can't restore");
		assertThat(this.chain.simulate(restoration(balance())).get("error").asString()).startsWith("Missing entry");
		assertThat(this.chain.simulate(this.chain.build(this.owner, RestoreFootprintOperation.builder().build()))
			.get("error")
			.asString()).contains("SorobanTransactionData must be provided");
		assertThat(refused(data(5000, 1_000_000, nonce))).isEqualTo(-1);
		assertThat(
				refused(new SorobanDataBuilder(data(5000, 1_000_000)).setReadOnly(List.of(instance().toXdr())).build()))
			.isEqualTo(-1);
	}

	@Test
	void operationNeedsResourcesAndRent() {
		this.chain.devnet.archiveContract(this.usdc);

		assertThat(failed(data(100, 1_000_000, instance()))).isEqualTo(-2);
		assertThat(failed(data(5000, 40_000, instance()))).isEqualTo(-3);
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isZero();
		assertThat(failed(data(5000, 1_000_000, instance()))).isZero();
	}

	@Test
	void adminEndpointArchives() {
		assertThat(archive("contract=" + this.usdc)).isEqualTo(200);
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isZero();
		this.chain.devnet.reset();
		assertThat(archive("key=" + URLEncoder.encode(instance().toBase64(), StandardCharsets.UTF_8))).isEqualTo(200);
		assertThat(entry(instance()).get("liveUntilLedgerSeq").asLong()).isZero();
		assertThat(archive("")).isEqualTo(400);
		assertThat(archive("contract=" + this.holder)).isEqualTo(400);
		assertThat(archive("contract=nonsense")).isEqualTo(400);
		assertThat(archive("key=AAAA")).isEqualTo(400);
		assertThat(archive("key=" + EntryKey.account(this.chain.devnet.usdcIssuer()).toBase64())).isEqualTo(400);
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.archiveContract("G"));
	}

	private int archive(String query) {
		return new RpcClient(URI.create(this.chain.devnet.adminUri() + "/archive?" + query)).post("").statusCode();
	}

	private void restoreByOperation(EntryKey... keys) {
		Transaction prepared = this.chain.prepared(restoration(keys), this.spender, this.spender);
		assertThat(this.chain.land(prepared).get("status").asString()).isEqualTo("SUCCESS");
	}

	private Transaction restoration(EntryKey... keys) {
		return this.chain.builder(this.spender, RestoreFootprintOperation.builder().build())
			.setSorobanData(data(0, 0, keys))
			.setTimeout(300)
			.build();
	}

	private static SorobanTransactionData data(long bytes, long fee, EntryKey... keys) {
		return new SorobanDataBuilder().setReadWrite(Stream.of(keys).map(EntryKey::toXdr).toList())
			.setResources(SorobanDataBuilder.Resources.builder()
				.cpuInstructions(0L)
				.readBytes(bytes)
				.writeBytes(bytes)
				.build())
			.setResourceFee(fee)
			.build();
	}

	private Transaction restoration(SorobanTransactionData data) {
		return ManualNetwork.signed(this.chain.builder(this.spender, RestoreFootprintOperation.builder().build())
			.setSorobanData(data)
			.setBaseFee((int) (100 + data.getResourceFee().getInt64()))
			.setTimeout(300)
			.build(), this.spender);
	}

	private int refused(SorobanTransactionData data) {
		return code(ResultXdr.parse(this.chain.send(restoration(data)).get("errorResultXdr").asString()));
	}

	private int failed(SorobanTransactionData data) {
		return code(ResultXdr.parse(this.chain.land(restoration(data)).get("resultXdr").asString()));
	}

	private static int code(TransactionResult result) {
		return result.getResult().getResults()[0].getTr().getRestoreFootprintResult().getDiscriminant().getValue();
	}

	private Transaction payment(long amount) {
		return this.chain.prepared(this.owner, this.owner, "transfer", ManualNetwork.address(this.owner),
				holderAddress(), ManualNetwork.amount(amount));
	}

	private Transaction approval() {
		return this.chain.call(this.owner, this.owner, "approve", ManualNetwork.address(this.owner),
				ManualNetwork.address(this.spender), ManualNetwork.amount(70), Scv.toUint32(900));
	}

	private SCVal holderAddress() {
		return Scv.toAddress(this.holder);
	}

	private EntryKey instance() {
		return EntryKey.instance(this.usdc);
	}

	private EntryKey balance() {
		return EntryKey.contractData(this.usdc, Scv.toVec(List.of(Scv.toSymbol("Balance"), holderAddress())),
				ContractDataDurability.PERSISTENT);
	}

	private JsonNode send(RestoringTransaction transaction) {
		return this.chain.rpc.result("sendTransaction", Map.of("transaction", transaction.envelope()));
	}

	private JsonNode applied(RestoringTransaction transaction) {
		return this.chain.rpc.result("getTransaction", Map.of("hash", transaction.hash()));
	}

	private JsonNode entry(EntryKey key) {
		return this.chain.rpc.result("getLedgerEntries", Map.of("keys", List.of(key.toBase64()))).at("/entries/0");
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
