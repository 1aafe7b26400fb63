package io.github.x402sessions.devnet;

import java.io.IOException;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Account;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.InflationOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.LedgerBounds;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.xdr.OperationResultCode;
import org.stellar.sdk.xdr.TransactionResultCode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers to submitted transactions, and the transactions that land.
 */
class SendTransactionTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair source = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void sourceHasOnePlaceInTheQueue() {
		Transaction first = open(this.source);
		Transaction next = ManualNetwork.signed(numbered(first.getSequenceNumber() + 1), this.source);

		assertThat(status(first)).isEqualTo("PENDING");
		assertThat(status(first)).isEqualTo("DUPLICATE");
		assertThat(status(next)).isEqualTo("TRY_AGAIN_LATER");
		assertThat(refusal(ManualNetwork.signed(numbered(first.getSequenceNumber() - 1), this.source)))
			.isEqualTo(vector("txBAD_SEQ_fee0"));
		this.chain.devnet.closeLedger();
		assertThat(status(next)).isEqualTo("PENDING");
	}

	@Test
	void appliedTransactionIsBannedAndThenOutOfSequence() {
		Transaction transaction = open(this.source);
		this.chain.land(transaction);

		assertThat(status(transaction)).isEqualTo("TRY_AGAIN_LATER");
		IntStream.range(0, 11).forEach((i) -> this.chain.devnet.closeLedger());
		assertThat(refusal(transaction)).isEqualTo(vector("txBAD_SEQ_fee0"));
	}

	@Test
	void sequenceMustBeTheNext() {
		long used = open(this.source).getSequenceNumber() - 1;

		assertThat(refusal(ManualNetwork.signed(numbered(used + 2), this.source))).isEqualTo(vector("txBAD_SEQ_fee0"));
		assertThat(refusal(ManualNetwork.signed(numbered(used), this.source))).isEqualTo(vector("txBAD_SEQ_fee0"));
	}

	@Test
	void sequenceIsUsedEvenWhenTheOperationFails() {
		JsonNode failed = this.chain
			.land(ManualNetwork.signed(this.chain.build(this.source, open(this.chain.account(), "100")), this.source));

		assertThat(failed.get("status").asString()).isEqualTo("FAILED");
		assertThat(failed.get("resultXdr").asString()).isEqualTo(vector("txFAILED_createAccountAlreadyExist"));
		assertThat(this.chain.land(open(this.source)).get("status").asString()).isEqualTo("SUCCESS");
	}

	@Test
	void signatureMustBeThereAndOfTheSource() {
		assertThat(refusal(unsigned())).isEqualTo(vector("txBAD_AUTH_fee0"));
		assertThat(refusal(ManualNetwork.signed(unsigned(), KeyPair.random()))).isEqualTo(vector("txBAD_AUTH_fee0"));
		assertThat(refusal(ManualNetwork.signed(unsigned(), this.source, this.chain.account())))
			.isEqualTo(vector("txBAD_AUTH_EXTRA_fee0"));
	}

	@Test
	void operationSourceMustSignToo() {
		KeyPair actor = this.chain.account();
		Operation operation = new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10")
			.setSourceAccount(actor.getAccountId())
			.build();

		JsonNode refused = this.chain.send(ManualNetwork.signed(this.chain.build(this.source, operation), this.source));

		assertThat(refused.get("status").asString()).isEqualTo("ERROR");
		assertThat(
				ResultXdr.parse(refused.get("errorResultXdr").asString()).getResult().getResults()[0].getDiscriminant()
					.name())
			.isEqualTo("opBAD_AUTH");
		assertThat(status(ManualNetwork.signed(this.chain.build(this.source, operation), this.source, actor)))
			.isEqualTo("PENDING");
	}

	@Test
	void timeBoundsAreKept() {
		long now = Instant.now().getEpochSecond();

		assertThat(refusal(bounded(new TimeBounds(0, now - 1)))).isEqualTo(vector("txTOO_LATE_fee0"));
		assertThat(refusal(bounded(new TimeBounds(now + 60, 0)))).isEqualTo(vector("txTOO_EARLY_fee0"));
		assertThat(status(bounded(new TimeBounds(now - 60, now + 60)))).isEqualTo("PENDING");
	}

	@Test
	void ledgerBoundsAreKept() {
		long next = this.chain.devnet.latestLedger() + 1;

		assertThat(refusal(bounded(0, (int) next))).isEqualTo(vector("txTOO_LATE_fee0"));
		assertThat(refusal(bounded((int) next + 1, 0))).isEqualTo(vector("txTOO_EARLY_fee0"));
		assertThat(status(bounded((int) next, (int) next + 1))).isEqualTo("PENDING");
	}

	@Test
	void sourceMustExist() {
		KeyPair stranger = KeyPair.random();
		Transaction transaction = new TransactionBuilder(new Account(stranger.getAccountId(), 0L),
				new Network(this.chain.devnet.networkPassphrase()))
			.addOperation(open(KeyPair.random(), "10"))
			.setBaseFee(100)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.build();

		assertThat(refusal(ManualNetwork.signed(transaction, stranger))).isEqualTo(vector("txNO_ACCOUNT_fee0"));
	}

	@Test
	void unsupportedIsRefusedAndNeverSilentlyDone() {
		Operation inflation = new InflationOperation();

		String refusal = refusal(ManualNetwork.signed(this.chain.build(this.source, inflation), this.source));
		assertThat(ResultXdr.parse(refusal).getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txFAILED);
		assertThat(ResultXdr.parse(refusal).getResult().getResults()[0].getDiscriminant())
			.isEqualTo(OperationResultCode.opNOT_SUPPORTED);
	}

	private Transaction open(KeyPair payer) {
		return ManualNetwork.signed(this.chain.build(payer, open(KeyPair.random(), "10")), payer);
	}

	private static Operation open(KeyPair account, String lumens) {
		return new CreateAccountOperation.Builder(account.getAccountId(), lumens).build();
	}

	private Transaction unsigned() {
		return this.chain.build(this.source, open(KeyPair.random(), "10"));
	}

	private Transaction numbered(long sequence) {
		return new TransactionBuilder(new Account(this.source.getAccountId(), sequence - 1),
				new Network(this.chain.devnet.networkPassphrase()))
			.addOperation(open(KeyPair.random(), "10"))
			.setBaseFee(100)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.build();
	}

	private Transaction bounded(TimeBounds bounds) {
		return bounded(TransactionPreconditions.builder().timeBounds(bounds).build());
	}

	private Transaction bounded(int min, int max) {
		return bounded(TransactionPreconditions.builder()
			.timeBounds(new TimeBounds(0, 0))
			.ledgerBounds(LedgerBounds.builder().minLedger(min).maxLedger(max).build())
			.build());
	}

	private Transaction bounded(TransactionPreconditions conditions) {
		return ManualNetwork.signed(
				this.chain.builder(this.source, open(KeyPair.random(), "10")).addPreconditions(conditions).build(),
				this.source);
	}

	private String status(Transaction transaction) {
		return this.chain.send(transaction).get("status").asString();
	}

	private String refusal(Transaction transaction) {
		JsonNode sent = this.chain.send(transaction);
		assertThat(sent.get("status").asString()).isEqualTo("ERROR");
		return sent.get("errorResultXdr").asString();
	}

	private static String vector(String name) {
		return Vectors.text("/results/" + name);
	}

}
