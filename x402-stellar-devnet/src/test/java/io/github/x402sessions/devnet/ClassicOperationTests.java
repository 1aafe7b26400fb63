package io.github.x402sessions.devnet;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Asset;
import org.stellar.sdk.ChangeTrustAsset;
import org.stellar.sdk.ChangeTrustOperation;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Operation;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.OperationResult;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations that call no contract, with an issuer whose key the test has.
 */
class ClassicOperationTests {

	private static final String PLENTY = "922337203685.4775807";

	private final KeyPair issuer = Vectors.key("issuer");

	private final ManualNetwork chain = new ManualNetwork(
			StellarDevnet.builder().usdcIssuer(this.issuer.getAccountId()));

	private final Asset usdc = Asset.create(null, "USDC", this.issuer.getAccountId());

	private final KeyPair holder = this.chain.account();

	private final KeyPair other = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void issuerPaysThroughATrustline() {
		assertThat(code(this.issuer, pay(this.holder, this.usdc, "5"))).isEqualTo("PAYMENT_NO_TRUST");
		assertThat(code(this.holder, trust("100"))).isEqualTo("CHANGE_TRUST_SUCCESS");
		assertThat(code(this.issuer, pay(this.holder, this.usdc, "5"))).isEqualTo("PAYMENT_SUCCESS");
		assertThat(this.chain.usdc(this.holder)).isEqualTo(50_000_000);
		assertThat(code(this.issuer, pay(this.holder, this.usdc, "96"))).isEqualTo("PAYMENT_LINE_FULL");
	}

	@Test
	void holdersPayEachOther() {
		code(this.holder, trust(PLENTY));
		code(this.issuer, pay(this.holder, this.usdc, "5"));

		assertThat(code(this.holder, pay(this.other, this.usdc, "1"))).isEqualTo("PAYMENT_NO_TRUST");
		code(this.other, trust(PLENTY));
		assertThat(code(this.holder, pay(this.other, this.usdc, "6"))).isEqualTo("PAYMENT_UNDERFUNDED");
		assertThat(code(this.holder, pay(this.other, this.usdc, "2"))).isEqualTo("PAYMENT_SUCCESS");
		assertThat(code(this.other, pay(this.issuer, this.usdc, "1"))).isEqualTo("PAYMENT_SUCCESS");
		assertThat(this.chain.usdc(this.holder)).isEqualTo(30_000_000);
		assertThat(this.chain.usdc(this.other)).isEqualTo(10_000_000);
	}

	@Test
	void payerNeedsATrustlineToo() {
		code(this.other, trust(PLENTY));

		assertThat(code(this.holder, pay(this.other, this.usdc, "1"))).isEqualTo("PAYMENT_SRC_NO_TRUST");
		assertThat(code(this.holder, pay(KeyPair.random(), this.usdc, "1"))).isEqualTo("PAYMENT_NO_DESTINATION");
	}

	@Test
	void lumensMoveAboveTheReserve() {
		Asset lumens = Asset.create("native");

		assertThat(code(this.holder, pay(this.other, lumens, "9999"))).isEqualTo("PAYMENT_UNDERFUNDED");
		assertThat(code(this.holder, pay(this.other, lumens, "9998"))).isEqualTo("PAYMENT_SUCCESS");
	}

	@Test
	void trustlineHasItsRules() {
		assertThat(code(this.holder, trust("0"))).isEqualTo("CHANGE_TRUST_INVALID_LIMIT");
		assertThat(code(this.issuer, trust("1"))).isEqualTo("CHANGE_TRUST_MALFORMED");
		assertThat(code(this.holder, trust(Asset.create(null, "EURC", KeyPair.random().getAccountId()), "1")))
			.isEqualTo("CHANGE_TRUST_NO_ISSUER");
		assertThat(code(this.holder, trust(Asset.create("native"), "1"))).isEqualTo("CHANGE_TRUST_MALFORMED");
		code(this.holder, trust("10"));
		code(this.issuer, pay(this.holder, this.usdc, "5"));
		assertThat(code(this.holder, trust("4"))).isEqualTo("CHANGE_TRUST_INVALID_LIMIT");
		code(this.holder, pay(this.issuer, this.usdc, "5"));
		assertThat(code(this.holder, trust("0"))).isEqualTo("CHANGE_TRUST_SUCCESS");
		assertThat(code(this.issuer, pay(this.holder, this.usdc, "5"))).isEqualTo("PAYMENT_NO_TRUST");
	}

	@Test
	void accountNeedsItsReserve() {
		assertThat(code(this.holder, open(KeyPair.random(), "0.9"))).isEqualTo("CREATE_ACCOUNT_LOW_RESERVE");
		assertThat(code(this.holder, open(KeyPair.random(), "10000"))).isEqualTo("CREATE_ACCOUNT_UNDERFUNDED");
		assertThat(code(this.holder, open(this.other, "10"))).isEqualTo("CREATE_ACCOUNT_ALREADY_EXIST");
		KeyPair poor = KeyPair.random();
		assertThat(code(this.holder, open(poor, "1.2"))).isEqualTo("CREATE_ACCOUNT_SUCCESS");
		assertThat(code(poor, trust("1"))).isEqualTo("CHANGE_TRUST_LOW_RESERVE");
	}

	@Test
	void failureOfOneOperationUndoesAll() {
		KeyPair fresh = KeyPair.random();

		JsonNode failed = land(this.holder, open(fresh, "10"), open(this.other, "10"));

		assertThat(failed.get("status").asString()).isEqualTo("FAILED");
		assertThat(ResultXdr.feeCharged(failed)).isEqualTo(200);
		this.chain.devnet.fund(fresh.getAccountId());
		assertThat(land(this.holder, pay(fresh, Asset.create("native"), "1")).get("status").asString())
			.isEqualTo("SUCCESS");
	}

	@Test
	void contractMintsAndBurnsAtTheIssuer() {
		code(this.holder, trust(PLENTY));
		code(this.issuer, pay(this.holder, this.usdc, "5"));

		JsonNode burnt = this.chain.land(transfer(this.holder, this.issuer, 10));
		JsonNode minted = this.chain.land(transfer(this.issuer, this.holder, 30));

		assertThat(burnt.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(minted.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(this.holder)).isEqualTo(50_000_020);
	}

	private Transaction transfer(KeyPair from, KeyPair to, long amount) {
		return this.chain.prepared(from, from, "transfer", ManualNetwork.address(from), ManualNetwork.address(to),
				ManualNetwork.amount(amount));
	}

	private String code(KeyPair source, Operation operation) {
		OperationResult.OperationResultTr result = this.chain
			.outcome(ManualNetwork.signed(this.chain.build(source, operation), source))
			.getResult()
			.getResults()[0].getTr();
		return switch (result.getDiscriminant()) {
			case CREATE_ACCOUNT -> result.getCreateAccountResult().getDiscriminant().name();
			case PAYMENT -> result.getPaymentResult().getDiscriminant().name();
			case CHANGE_TRUST -> result.getChangeTrustResult().getDiscriminant().name();
			default -> throw new IllegalArgumentException("no classic operation");
		};
	}

	private JsonNode land(KeyPair source, Operation... operations) {
		return this.chain.land(ManualNetwork.signed(this.chain.build(source, operations), source));
	}

	private static Operation pay(KeyPair to, Asset asset, String amount) {
		return new PaymentOperation.Builder(to.getAccountId(), asset, amount).build();
	}

	private Operation trust(String limit) {
		return trust(this.usdc, limit);
	}

	private static Operation trust(Asset asset, String limit) {
		return new ChangeTrustOperation.Builder(ChangeTrustAsset.create(asset), limit).build();
	}

	private static Operation open(KeyPair account, String lumens) {
		return new CreateAccountOperation.Builder(account.getAccountId(), lumens).build();
	}

}
