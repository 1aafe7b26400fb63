package io.github.x402sessions.devnet;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Operation;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InnerTransactionResult;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.TransactionResult;
import org.stellar.sdk.xdr.TransactionResultCode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fee bumps: somebody else pays for a transaction.
 */
class FeeBumpTests {

	private ManualNetwork chain;

	private KeyPair source;

	private KeyPair sponsor;

	@BeforeEach
	void open() {
		this.chain = new ManualNetwork();
		this.source = this.chain.account();
		this.sponsor = this.chain.account();
	}

	@AfterEach
	void close() throws Exception {
		this.chain.close();
	}

	@Test
	void theSponsorPaysAndTheSourceGivesItsNumberOnly() throws Exception {
		long sourceBefore = lumens(this.source);
		long sponsorBefore = lumens(this.sponsor);
		Transaction inner = open(this.source, "10");
		FeeBumpTransaction bump = bump(inner, 200);
		assertThat(send(bump).get("status").asString()).isEqualTo("PENDING");
		this.chain.devnet.closeLedger();

		JsonNode byOuter = transaction(bump.hashHex());
		JsonNode byInner = transaction(inner.hashHex());
		assertThat(byOuter.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(byOuter.get("feeBump").asBoolean()).isTrue();
		assertThat(byInner.get("txHash").asString()).isEqualTo(inner.hashHex());
		assertThat(byInner.get("envelopeXdr")).isEqualTo(byOuter.get("envelopeXdr"));
		TransactionResult result = TransactionResult.fromXdrBase64(byOuter.get("resultXdr").asString());
		assertThat(result.getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txFEE_BUMP_INNER_SUCCESS);
		assertThat(result.getFeeCharged().getInt64()).isEqualTo(200);
		assertThat(result.getResult().getInnerResultPair().getTransactionHash().getHash()).isEqualTo(inner.hash());
		assertThat(result.getResult().getInnerResultPair().getResult().getResult().getDiscriminant())
			.isEqualTo(TransactionResultCode.txSUCCESS);
		assertThat(lumens(this.source)).isEqualTo(sourceBefore - 100_000_000);
		assertThat(lumens(this.sponsor)).isEqualTo(sponsorBefore - 200);
	}

	@Test
	void aContractCallIsChargedToTheSponsorAndRefundedToIt() throws Exception {
		long sourceBefore = lumens(this.source);
		long sponsorBefore = lumens(this.sponsor);
		Transaction inner = this.chain.prepared(this.source, this.source, "approve", ManualNetwork.address(this.source),
				ManualNetwork.address(this.sponsor), ManualNetwork.amount(1_000),
				Scv.toUint32(this.chain.devnet.latestLedger() + 100));
		FeeBumpTransaction bump = bump(inner, inner.getFee());
		assertThat(send(bump).get("status").asString()).isEqualTo("PENDING");
		this.chain.devnet.closeLedger();
		TransactionResult result = TransactionResult
			.fromXdrBase64(transaction(bump.hashHex()).get("resultXdr").asString());
		assertThat(result.getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txFEE_BUMP_INNER_SUCCESS);
		assertThat(lumens(this.source)).isEqualTo(sourceBefore);
		assertThat(lumens(this.sponsor)).isEqualTo(sponsorBefore - result.getFeeCharged().getInt64());
	}

	@Test
	void whatIsWrongInsideIsToldAsTheInnerResult() throws Exception {
		Transaction inner = this.chain.build(this.source, create("10"));
		FeeBumpTransaction bump = bump(ManualNetwork.signed(inner, KeyPair.random()), 200);
		TransactionResult result = refusal(bump);
		assertThat(result.getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txFEE_BUMP_INNER_FAILED);
		InnerTransactionResult told = result.getResult().getInnerResultPair().getResult();
		assertThat(told.getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txBAD_AUTH);
	}

	@Test
	void whatIsWrongOutsideIsToldPlainly() throws Exception {
		FeeBumpTransaction unsigned = new FeeBumpTransaction.Builder(open(this.source, "10")).setBaseFee(200)
			.setFeeAccount(this.sponsor.getAccountId())
			.build();
		assertThat(refusal(unsigned).getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txBAD_AUTH);
		KeyPair stranger = KeyPair.random();
		FeeBumpTransaction poor = new FeeBumpTransaction.Builder(open(this.source, "10")).setBaseFee(200)
			.setFeeAccount(stranger.getAccountId())
			.build();
		poor.sign(stranger);
		assertThat(refusal(poor).getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txNO_ACCOUNT);
		FeeBumpTransaction extra = bump(open(this.source, "10"), 200);
		extra.sign(KeyPair.random());
		assertThat(refusal(extra).getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txBAD_AUTH_EXTRA);
	}

	@Test
	void aBumpOfTenTimesTheBidTakesThePlaceOfWhatWaits() throws Exception {
		Transaction waiting = open(this.source, "10");
		assertThat(this.chain.send(waiting).get("status").asString()).isEqualTo("PENDING");
		TransactionResult refused = refusal(bump(waiting, 999));
		assertThat(refused.getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txINSUFFICIENT_FEE);
		assertThat(refused.getFeeCharged().getInt64()).as("what is asked of two operations").isEqualTo(2_000);
		FeeBumpTransaction dear = bump(waiting, 1_000);
		assertThat(send(dear).get("status").asString()).isEqualTo("PENDING");
		assertThat(this.chain.send(waiting).get("status").asString()).isEqualTo("DUPLICATE");
		this.chain.devnet.closeLedger();
		assertThat(transaction(waiting.hashHex()).get("feeBump").asBoolean()).isTrue();
	}

	@Test
	void aSponsorCannotPromiseMoreThanItHas() throws Exception {
		long all = lumens(this.sponsor);
		FeeBumpTransaction first = bump(open(this.source, "10"), all / 3);
		assertThat(send(first).get("status").asString()).isEqualTo("PENDING");
		FeeBumpTransaction second = bump(open(this.chain.account(), "10"), all / 3);
		assertThat(refusal(second).getResult().getDiscriminant())
			.isEqualTo(TransactionResultCode.txINSUFFICIENT_BALANCE);
	}

	@Test
	void aSponsorMayNeedSeveralSigners() throws Exception {
		KeyPair second = KeyPair.random();
		this.chain.land(ManualNetwork.signed(this.chain.build(this.sponsor,
				new SetOptionsOperation.Builder().setSigner(second.getXdrSignerKey(), 1).setLowThreshold(2).build()),
				this.sponsor));
		Transaction inner = open(this.source, "10");
		assertThat(refusal(bump(inner, 200)).getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txBAD_AUTH);
		FeeBumpTransaction both = bump(inner, 200);
		both.sign(second);
		assertThat(send(both).get("status").asString()).isEqualTo("PENDING");
	}

	private FeeBumpTransaction bump(Transaction inner, long baseFee) {
		FeeBumpTransaction bump = new FeeBumpTransaction.Builder(inner).setBaseFee(baseFee)
			.setFeeAccount(this.sponsor.getAccountId())
			.build();
		bump.sign(this.sponsor);
		return bump;
	}

	private JsonNode send(FeeBumpTransaction bump) {
		return this.chain.rpc.result("sendTransaction", Map.of("transaction", bump.toEnvelopeXdrBase64()));
	}

	private TransactionResult refusal(FeeBumpTransaction bump) throws Exception {
		JsonNode answer = send(bump);
		assertThat(answer.get("status").asString()).isEqualTo("ERROR");
		return TransactionResult.fromXdrBase64(answer.get("errorResultXdr").asString());
	}

	private JsonNode transaction(String hash) {
		return this.chain.rpc.result("getTransaction", Map.of("hash", hash));
	}

	private Transaction open(KeyPair payer, String lumens) {
		return ManualNetwork.signed(this.chain.build(payer, create(lumens)), payer);
	}

	private static Operation create(String lumens) {
		return new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), lumens).build();
	}

	private long lumens(KeyPair account) {
		LedgerKey.LedgerKeyAccount body = new LedgerKey.LedgerKeyAccount();
		body.setAccountID(account.getXdrAccountId());
		LedgerKey key = new LedgerKey();
		key.setDiscriminant(LedgerEntryType.ACCOUNT);
		key.setAccount(body);
		return ManualNetwork.ask(() -> LedgerEntry.LedgerEntryData
			.fromXdrBase64(this.chain.server.getLedgerEntries(List.of(key)).getEntries().get(0).getXdr())
			.getAccount()
			.getBalance()
			.getInt64());
	}

}
