package io.github.x402sessions.devnet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.EntryKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stellar.sdk.AccountMergeOperation;
import org.stellar.sdk.Asset;
import org.stellar.sdk.BumpSequenceOperation;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.ManageDataOperation;
import org.stellar.sdk.Operation;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.Signer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.OperationResult;
import org.stellar.sdk.xdr.OperationResultCode;
import org.stellar.sdk.xdr.TransactionResult;
import org.stellar.sdk.xdr.TransactionResultCode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations on an account itself.
 */
class AccountOperationTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair owner = this.chain.account();

	private final KeyPair other = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void accountKeepsAndDropsData() throws IOException {
		assertThat(code(this.owner, data("note", new byte[] { 1, 2 }))).isEqualTo("MANAGE_DATA_SUCCESS");
		assertThat(code(this.owner, data("note", new byte[] { 3 }))).isEqualTo("MANAGE_DATA_SUCCESS");
		JsonNode entry = entry(EntryKey.accountData(this.owner.getAccountId(), "note"));
		assertThat(LedgerEntry.LedgerEntryData.fromXdrBase64(entry.get("xdr").asString())
			.getData()
			.getDataValue()
			.getDataValue()).containsExactly(3);
		assertThat(entry.has("liveUntilLedgerSeq")).isFalse();
		assertThat(account(this.owner).getNumSubEntries().getUint32().getNumber()).isEqualTo(1);
		assertThat(code(this.owner, data("note", null))).isEqualTo("MANAGE_DATA_SUCCESS");
		assertThat(account(this.owner).getNumSubEntries().getUint32().getNumber()).isZero();
		assertThat(code(this.owner, data("note", null))).isEqualTo("MANAGE_DATA_NAME_NOT_FOUND");
		assertThat(refused(this.owner, data("a\nb", new byte[1]))).isEqualTo("MANAGE_DATA_INVALID_NAME");
		assertThat(refused(this.owner, data("", new byte[1]))).isEqualTo("MANAGE_DATA_INVALID_NAME");
		KeyPair poor = KeyPair.random();
		code(this.owner, open(poor, "1.2"));
		assertThat(code(poor, data("note", new byte[1]))).isEqualTo("MANAGE_DATA_LOW_RESERVE");
	}

	@Test
	void sequenceIsBumpedAndNeverLowered() throws IOException {
		long sequence = account(this.owner).getSeqNum().getSequenceNumber().getInt64();

		assertThat(code(this.owner, new BumpSequenceOperation.Builder(sequence + 50).build()))
			.isEqualTo("BUMP_SEQUENCE_SUCCESS");
		assertThat(account(this.owner).getSeqNum().getSequenceNumber().getInt64()).isEqualTo(sequence + 50);
		assertThat(code(this.owner, new BumpSequenceOperation.Builder(3).build())).isEqualTo("BUMP_SEQUENCE_SUCCESS");
		assertThat(account(this.owner).getSeqNum().getSequenceNumber().getInt64()).isEqualTo(sequence + 51);
		assertThat(refused(this.owner, new BumpSequenceOperation.Builder(-1).build()))
			.isEqualTo("BUMP_SEQUENCE_BAD_SEQ");
	}

	@Test
	void mergedAccountIsGoneAndItsLumensWithTheHeir() throws IOException {
		this.chain.devnet.closeLedger();
		long before = account(this.other).getBalance().getInt64();

		TransactionResult merged = outcome(this.owner, merge(this.other));

		assertThat(
				merged.getResult().getResults()[0].getTr().getAccountMergeResult().getSourceAccountBalance().getInt64())
			.isEqualTo(100_000_000_000L - 100);
		assertThat(this.chain.devnet.hasAccount(this.owner.getAccountId())).isFalse();
		assertThat(account(this.other).getBalance().getInt64()).isEqualTo(before + 100_000_000_000L - 100);
	}

	@Test
	void mergeHasItsRules() {
		assertThat(refused(this.owner, merge(this.owner))).isEqualTo("ACCOUNT_MERGE_MALFORMED");
		assertThat(code(this.owner, merge(KeyPair.random()))).isEqualTo("ACCOUNT_MERGE_NO_ACCOUNT");
		code(this.owner, data("note", new byte[1]));
		assertThat(code(this.owner, merge(this.other))).isEqualTo("ACCOUNT_MERGE_HAS_SUB_ENTRIES");
		code(this.owner, data("note", null));
		code(this.owner, new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(this.other), 1).build());
		code(this.owner, new BumpSequenceOperation.Builder(Account.firstSequence(500)).build());
		assertThat(code(this.owner, merge(this.other))).isEqualTo("ACCOUNT_MERGE_SEQNUM_TOO_FAR");
		KeyPair immutable = this.chain.account();
		code(immutable, new SetOptionsOperation.Builder().setSetFlags(4).build());
		assertThat(code(immutable, merge(this.other))).isEqualTo("ACCOUNT_MERGE_IMMUTABLE_SET");
		KeyPair signed = this.chain.account();
		code(signed, new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(this.other), 1).build());
		assertThat(code(signed, merge(this.other))).isEqualTo("ACCOUNT_MERGE_SUCCESS");
	}

	@Test
	void mergeNeedsTheHighThreshold() {
		code(this.owner, new SetOptionsOperation.Builder().setMediumThreshold(1).setHighThreshold(2).build());

		assertThat(outcome(this.owner, merge(this.other)).getResult().getResults()[0].getDiscriminant())
			.isEqualTo(OperationResultCode.opBAD_AUTH);
	}

	@Test
	void homeDomainIsSetAndChecked() throws IOException {
		assertThat(code(this.owner, home("example.org"))).isEqualTo("SET_OPTIONS_SUCCESS");
		assertThat(account(this.owner).getHomeDomain().getString32().toString()).isEqualTo("example.org");
		code(this.owner, new SetOptionsOperation.Builder().setLowThreshold(1).build());
		assertThat(account(this.owner).getHomeDomain().getString32().toString()).isEqualTo("example.org");
		assertThat(code(this.owner, home(""))).isEqualTo("SET_OPTIONS_SUCCESS");
		assertThat(account(this.owner).getHomeDomain().getString32().getBytes()).isEmpty();
		assertThat(refused(this.owner, home("ex\u00e4mple.org"))).isEqualTo("SET_OPTIONS_INVALID_HOME_DOMAIN");
	}

	@Test
	void whatIsMalformedIsRefusedBeforeItWaits() {
		assertThat(refused(this.owner, open(this.owner, "10"))).isEqualTo("CREATE_ACCOUNT_MALFORMED");
		assertThat(refused(this.owner, new SetOptionsOperation.Builder().setLowThreshold(256).build()))
			.isEqualTo("SET_OPTIONS_THRESHOLD_OUT_OF_RANGE");
	}

	@Test
	void inflationDestinationIsNotSupported() {
		Operation operation = new SetOptionsOperation.Builder().setInflationDestination(this.other.getAccountId())
			.build();

		assertThat(outcome(this.owner, operation).getResult().getResults()[0].getDiscriminant())
			.isEqualTo(OperationResultCode.opNOT_SUPPORTED);
	}

	@Test
	void accountIsOpenedAndUsedInOneTransaction() {
		KeyPair fresh = KeyPair.random();
		Operation use = new ManageDataOperation.Builder("note", new byte[1]).setSourceAccount(fresh.getAccountId())
			.build();

		TransactionResult result = this.chain
			.outcome(ManualNetwork.signed(this.chain.build(this.owner, open(fresh, "10"), use), this.owner, fresh));

		assertThat(result.getResult().getDiscriminant()).isEqualTo(TransactionResultCode.txSUCCESS);
		assertThat(entry(EntryKey.accountData(fresh.getAccountId(), "note")).isMissingNode()).isFalse();
	}

	@Test
	void accountThatIsNotThereMustSignAndBeThereInTime() {
		KeyPair nobody = KeyPair.random();
		Operation pay = new PaymentOperation.Builder(this.owner.getAccountId(), Asset.create("native"), "1")
			.setSourceAccount(nobody.getAccountId())
			.build();

		assertThat(outcome(this.owner, pay).getResult().getResults()[0].getDiscriminant())
			.isEqualTo(OperationResultCode.opBAD_AUTH);
		TransactionResult late = this.chain
			.outcome(ManualNetwork.signed(this.chain.build(this.owner, pay, open(nobody, "10")), this.owner, nobody));
		assertThat(late.getFeeCharged().getInt64()).isEqualTo(200);
		assertThat(late.getResult().getResults()[0].getDiscriminant()).isEqualTo(OperationResultCode.opNO_ACCOUNT);
	}

	@Test
	void operationAfterAMergeHasNoAccount() {
		this.chain.devnet.closeLedger();
		TransactionResult result = outcome(this.owner, merge(this.other), data("note", new byte[1]));

		assertThat(result.getResult().getResults()[1].getDiscriminant()).isEqualTo(OperationResultCode.opNO_ACCOUNT);
		assertThat(this.chain.devnet.hasAccount(this.owner.getAccountId())).isTrue();
	}

	@Test
	void transactionOfAnAccountThatItsLedgerClosesPaysForNothing() {
		boolean spoilt = false;
		for (int tries = 0; tries < 40 && !spoilt; tries++) { // the order in a ledger is
																// random
			KeyPair rival = this.chain.account();
			this.chain.devnet.closeLedger();
			Transaction own = ManualNetwork.signed(this.chain.build(rival, data("note", new byte[1])), rival);
			Operation closing = new AccountMergeOperation.Builder(this.owner.getAccountId())
				.setSourceAccount(rival.getAccountId())
				.build();
			Transaction foreign = ManualNetwork.signed(this.chain.build(this.other, closing), this.other, rival);
			this.chain.send(own);
			this.chain.send(foreign);
			this.chain.devnet.closeLedger();
			TransactionResult result = ResultXdr.parse(this.chain.applied(own).get("resultXdr").asString());
			spoilt = !this.chain.devnet.hasAccount(rival.getAccountId());
			assertThat(result.getResult().getDiscriminant())
				.isEqualTo(spoilt ? TransactionResultCode.txNO_ACCOUNT : TransactionResultCode.txSUCCESS);
			assertThat(result.getFeeCharged().getInt64()).isEqualTo(100);
		}
		assertThat(spoilt).isTrue();
	}

	@Test
	void dataAndHomeDomainAreThereAgainAfterARestart(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("state");
		KeyPair kept = KeyPair.random();
		try (ManualNetwork first = new ManualNetwork(StellarDevnet.builder().stateFile(file))) {
			first.devnet.fund(kept.getAccountId());
			first.land(
					ManualNetwork.signed(first.build(kept, data("note", new byte[] { 7 }), home("example.org")), kept));
		}
		try (ManualNetwork second = new ManualNetwork(StellarDevnet.builder().stateFile(file))) {
			JsonNode entries = second.rpc.result("getLedgerEntries",
					Map.of("keys", List.of(EntryKey.accountData(kept.getAccountId(), "note").toBase64(),
							EntryKey.account(kept.getAccountId()).toBase64())));
			assertThat(entries.get("entries")).hasSize(2);
			assertThat(LedgerEntry.LedgerEntryData.fromXdrBase64(entries.at("/entries/1/xdr").asString())
				.getAccount()
				.getHomeDomain()
				.getString32()
				.toString()).isEqualTo("example.org");
		}
	}

	private String refused(KeyPair source, Operation operation) {
		TransactionResult result = outcome(source, operation);
		assertThat(result.getFeeCharged().getInt64()).as("the fee of what is refused").isZero();
		return name(result);
	}

	private String code(KeyPair source, Operation operation) {
		return name(outcome(source, operation));
	}

	private static String name(TransactionResult result) {
		OperationResult.OperationResultTr operation = result.getResult().getResults()[0].getTr();
		return switch (operation.getDiscriminant()) {
			case CREATE_ACCOUNT -> operation.getCreateAccountResult().getDiscriminant().name();
			case MANAGE_DATA -> operation.getManageDataResult().getDiscriminant().name();
			case BUMP_SEQUENCE -> operation.getBumpSeqResult().getDiscriminant().name();
			case ACCOUNT_MERGE -> operation.getAccountMergeResult().getDiscriminant().name();
			case SET_OPTIONS -> operation.getSetOptionsResult().getDiscriminant().name();
			default -> throw new IllegalArgumentException("no operation on an account");
		};
	}

	private TransactionResult outcome(KeyPair source, Operation... operations) {
		return this.chain.outcome(ManualNetwork.signed(this.chain.build(source, operations), source));
	}

	private static Operation data(String name, byte[] value) {
		return new ManageDataOperation.Builder(name, value).build();
	}

	private static Operation merge(KeyPair heir) {
		return new AccountMergeOperation.Builder(heir.getAccountId()).build();
	}

	private static Operation home(String domain) {
		return new SetOptionsOperation.Builder().setHomeDomain(domain).build();
	}

	private static Operation open(KeyPair account, String lumens) {
		return new CreateAccountOperation.Builder(account.getAccountId(), lumens).build();
	}

	private AccountEntry account(KeyPair account) throws IOException {
		return LedgerEntry.LedgerEntryData
			.fromXdrBase64(entry(EntryKey.account(account.getAccountId())).get("xdr").asString())
			.getAccount();
	}

	private JsonNode entry(EntryKey key) {
		return this.chain.rpc.result("getLedgerEntries", Map.of("keys", List.of(key.toBase64()))).at("/entries/0");
	}

}
