package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.TransactionResultCode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Ledgers that others fill.
 */
class SurgeTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair source = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void feeStatisticsRiseAndFallWithTheLedgers() {
		assertThat(fees("sorobanInclusionFee", "p10")).isEqualTo("100");
		this.chain.devnet.faults().surge(2, 2000, 500);
		closeLedgers(2);

		for (String kind : new String[] { "sorobanInclusionFee", "inclusionFee" }) {
			assertThat(fees(kind, "min")).isEqualTo("2000");
			assertThat(fees(kind, "mode")).isEqualTo("2000");
			assertThat(fees(kind, "p90")).isEqualTo("2000");
			assertThat(fees(kind, "transactionCount")).isEqualTo("200");
		}
		this.chain.devnet.faults().surge(1, 5000, 500);
		closeLedgers(1);
		assertThat(fees("inclusionFee", "p50")).isEqualTo("2000");
		assertThat(fees("inclusionFee", "p70")).isEqualTo("5000");
		assertThat(fees("inclusionFee", "max")).isEqualTo("5000");
		closeLedgers(10);
		assertThat(fees("inclusionFee", "max")).isEqualTo("100");
		assertThat(fees("sorobanInclusionFee", "max")).isEqualTo("5000");
		closeLedgers(40);
		assertThat(fees("sorobanInclusionFee", "max")).isEqualTo("100");
	}

	@Test
	void whoBidsEnoughPaysWhatClearsTheLedger() {
		this.chain.devnet.faults().surge(1, 2000, 0);

		JsonNode applied = this.chain.land(opening(9000));

		assertThat(ResultXdr.feeCharged(applied)).isEqualTo(2000);
		assertThat(ResultXdr.feeCharged(this.chain.land(opening(9000)))).isEqualTo(100);
	}

	@Test
	void contractCallPaysTheClearingFeeAndItsResources() {
		KeyPair spender = this.chain.account();
		Transaction cheap = approval(spender);
		JsonNode applied = this.chain.land(cheap);
		long usual = ResultXdr.feeCharged(applied);
		this.chain.devnet.faults().surge(1, 2000, 0);

		Transaction dear = this.chain.prepared(this.chain.builder(this.source, approval(spender).getOperations()[0])
			.setBaseFee(3000)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.build(), this.source, this.source);

		assertThat(ResultXdr.feeCharged(this.chain.land(dear))).isBetween(1900L, 1900 + usual);
		assertThat(fees("sorobanInclusionFee", "max")).isEqualTo("2000");
	}

	@Test
	void whoBidsTooLittleWaitsUntilThereIsRoom() {
		Transaction waiting = opening(1999);
		this.chain.devnet.faults().surge(3, 2000, 500);
		assertThat(status(waiting)).isEqualTo("PENDING");
		closeLedgers(3);
		assertThat(found(waiting)).isEqualTo("NOT_FOUND");
		assertThat(status(waiting)).isEqualTo("DUPLICATE");
		assertThat(status(opening(300_000))).isEqualTo("TRY_AGAIN_LATER");

		closeLedgers(1);

		assertThat(found(waiting)).isEqualTo("SUCCESS");
		assertThat(ResultXdr.feeCharged(this.chain.applied(waiting))).isEqualTo(100);
	}

	@Test
	void whoWaitedForFourLedgersIsDroppedAndBanned() {
		Transaction waiting = opening(1999);
		this.chain.devnet.faults().surge(4, 2000, 0);
		assertThat(status(waiting)).isEqualTo("PENDING");
		closeLedgers(5);

		assertThat(found(waiting)).isEqualTo("NOT_FOUND");
		assertThat(status(waiting)).isEqualTo("TRY_AGAIN_LATER");
		closeLedgers(9);
		assertThat(status(waiting)).isEqualTo("TRY_AGAIN_LATER");
		closeLedgers(1);
		assertThat(this.chain.land(waiting).get("status").asString()).isEqualTo("SUCCESS");
	}

	@Test
	void fullQueueTellsWhatItAsksAndBansWhoBidsLess() {
		this.chain.devnet.faults().surge(3, 2000, 500);
		Transaction cheap = opening(499);
		JsonNode refused = this.chain.send(cheap);

		assertThat(refused.get("status").asString()).isEqualTo("ERROR");
		assertThat(ResultXdr.parse(refused.get("errorResultXdr").asString()).getResult().getDiscriminant())
			.isEqualTo(TransactionResultCode.txINSUFFICIENT_FEE);
		assertThat(ResultXdr.parse(refused.get("errorResultXdr").asString()).getFeeCharged().getInt64()).isEqualTo(500);
		assertThat(status(cheap)).isEqualTo("TRY_AGAIN_LATER");
		assertThat(status(opening(500))).isEqualTo("PENDING");
	}

	@Test
	void queueAsksForAContractCallsResourcesAsWell() {
		this.chain.devnet.faults().surge(3, 2000, 500);
		Transaction cheap = approval(this.chain.account());

		long asked = ResultXdr.parse(this.chain.send(cheap).get("errorResultXdr").asString())
			.getFeeCharged()
			.getInt64();

		assertThat(asked).isEqualTo(cheap.getFee() + 400);
	}

	@Test
	void queueEvictsTheCheapestWhenItFillsUp() {
		Transaction cheap = opening(700);
		KeyPair other = this.chain.account();
		Transaction better = opening(other, 900);
		this.chain.devnet.faults().surge(3, 2000, 500);
		this.chain.send(cheap);
		this.chain.send(better);
		this.chain.devnet.faults().surge(1, 2000, 800);
		closeLedgers(2);

		assertThat(found(cheap)).isEqualTo("NOT_FOUND");
		assertThat(status(cheap)).isEqualTo("TRY_AGAIN_LATER");
		assertThat(found(better)).isEqualTo("SUCCESS");
	}

	@Test
	void feeBumpTakesThePlaceOfWhatWaits() throws IOException {
		Transaction waiting = opening(1000);
		KeyPair payer = this.chain.account();
		this.chain.devnet.faults().surge(2, 2000, 0);
		assertThat(status(waiting)).isEqualTo("PENDING");
		FeeBumpTransaction bump = new FeeBumpTransaction.Builder(waiting).setBaseFee(10_000)
			.setFeeAccount(payer.getAccountId())
			.build();
		bump.sign(payer);
		assertThat(this.chain.rpc.result("sendTransaction", Map.of("transaction", bump.toEnvelopeXdrBase64()))
			.get("status")
			.asString()).isEqualTo("PENDING");
		closeLedgers(1);

		assertThat(found(waiting)).isEqualTo("SUCCESS");
		assertThat(ResultXdr.feeCharged(this.chain.applied(waiting))).isEqualTo(4000);
	}

	@Test
	void friendbotPaysWhatTheLedgerAsks() {
		this.chain.devnet.faults().surge(Integer.MAX_VALUE, 2000, 0);
		KeyPair fresh = KeyPair.random();
		Thread closing = new Thread(() -> {
			while (!this.chain.devnet.hasAccount(fresh.getAccountId())) {
				this.chain.devnet.closeLedger();
			}
		});
		closing.start();

		assertThat(RpcClient.get(URI.create(this.chain.devnet.friendbotUri() + "?addr=" + fresh.getAccountId()))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void adminEndpointBeginsAndShowsASurge() {
		RpcClient admin = new RpcClient(URI.create(this.chain.devnet.adminUri() + "/faults"));

		assertThat(admin.json("{\"surgeLedgers\":2}").get("faults").toString()).contains("\"surgeLedgers\":2",
				"\"surgeFee\":1000", "\"queueFee\":0");
		closeLedgers(2);
		assertThat(admin.json("{}").get("faults").toString()).contains("\"surgeLedgers\":0");
		assertThat(admin.post("{\"surgeLedgers\":2,\"surgeFee\":10,\"queueFee\":11}").statusCode()).isEqualTo(400);
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.faults().surge(-1, 1, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.faults().surge(1, 1_000_000_001, 1));
	}

	private Transaction opening(int fee) {
		return opening(this.source, fee);
	}

	private Transaction opening(KeyPair account, int fee) {
		CreateAccountOperation operation = new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10")
			.build();
		return ManualNetwork.signed(this.chain.builder(account, operation)
			.setBaseFee(fee)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.build(), account);
	}

	private Transaction approval(KeyPair spender) {
		return this.chain.prepared(this.source, this.source, "approve", ManualNetwork.address(this.source),
				ManualNetwork.address(spender), ManualNetwork.amount(5), Scv.toUint32(900));
	}

	private String status(Transaction transaction) {
		return this.chain.send(transaction).get("status").asString();
	}

	private String found(Transaction transaction) {
		return this.chain.applied(transaction).get("status").asString();
	}

	private String fees(String kind, String figure) {
		return this.chain.rpc.result("getFeeStats", Map.of()).get(kind).get(figure).asString();
	}

	private void closeLedgers(int count) {
		for (int i = 0; i < count; i++) {
			this.chain.devnet.closeLedger();
		}
	}

}
