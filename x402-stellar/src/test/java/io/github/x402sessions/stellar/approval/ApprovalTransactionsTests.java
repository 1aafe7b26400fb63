package io.github.x402sessions.stellar.approval;

import java.io.IOException;
import java.math.BigInteger;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transaction.SequenceNumber;
import io.github.x402sessions.stellar.transaction.UnsignedTransaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Approvals that a facilitator builds, a payer signs and a ledger takes.
 */
class ApprovalTransactionsTests {

	private static final DevnetChain CHAIN = new DevnetChain();

	private final AccountKey payer = CHAIN.holder(10);

	private final AccountKey spender = CHAIN.account();

	private final Approvals approvals = new Approvals(CHAIN.rpc, DevnetChain.PASSPHRASE);

	private boolean budgetLeft = true;

	private final ApprovalTransactions transactions = new ApprovalTransactions(CHAIN.rpc, DevnetChain.PASSPHRASE,
			() -> this.spender, new FeePolicy(CHAIN.rpc, 100_000), (payer, approval, stroops) -> this.budgetLeft);

	@AfterAll
	static void close() {
		CHAIN.close();
	}

	@Test
	void payerPaysTheFeeOfWhatIsNotSponsored() {
		ReceivedApproval received = this.transactions.read(signed(this.payer));
		assertThat(received.sequence()).isEqualTo(CHAIN.sequence(this.payer) + 1);
		String hash = received.approval().transaction();
		String envelope = this.transactions.envelope(received, false);
		assertThat(SequenceNumber.of(envelope, DevnetChain.PASSPHRASE))
			.isEqualTo(new SequenceNumber(this.payer.address(), received.sequence()));
		TransactionLookup landed = CHAIN.land(hash, envelope);
		assertThat(this.approvals.find(hash))
			.isEqualTo(new ApprovalLookup.Found(new Approval(hash, CHAIN.asset, this.payer.address(),
					this.spender.address(), BigInteger.TEN, received.approval().liveUntil(), landed.ledger())));
		assertThat(CHAIN.ledger.allowance(CHAIN.asset, this.payer.address(), this.spender.address()).usable())
			.isEqualTo(BigInteger.TEN);
	}

	@Test
	void spenderPaysTheFeeOfWhatIsSponsored() {
		long before = CHAIN.ledger.account(this.payer.address()).orElseThrow().balance();
		ReceivedApproval received = this.transactions.read(signed(this.payer));
		String envelope = this.transactions.envelope(received, true);
		assertThat(SequenceNumber.of(envelope, DevnetChain.PASSPHRASE)).as("a fee bump has none").isNull();
		CHAIN.land(received.approval().transaction(), envelope);
		assertThat(CHAIN.ledger.account(this.payer.address()).orElseThrow().balance()).isEqualTo(before);
		assertThat(CHAIN.ledger.account(this.spender.address()).orElseThrow().balance()).isLessThan(before);
	}

	@Test
	void nothingIsSponsoredWithoutABudget() {
		this.budgetLeft = false;
		assertRefused(signed(this.payer), "pays no more fees today");
	}

	@Test
	void nothingIsSponsoredThatItsPayerHasNotSigned() throws IOException {
		AbstractTransaction transaction = AbstractTransaction.fromEnvelopeXdr(unsigned().envelope(), Network.TESTNET);
		transaction.sign(KeyPair.random());
		assertRefused(transaction.toEnvelopeXdrBase64(), "is not signed by its account's own key");
	}

	@Test
	void approveOfAContractLeavesItsAuthorisationOpen() {
		String contract = CHAIN.devnet.contractAccount(this.payer.address());
		ApproveCall approve = new ApproveCall(CHAIN.asset, contract, this.spender.address(), BigInteger.TEN,
				CHAIN.devnet.latestLedger() + 100);
		UnsignedTransaction built = this.transactions.buildForContract(approve, this.payer.address(),
				CHAIN.ledger.account(this.payer.address()).orElseThrow(), CHAIN.devnet.latestLedger() + 50,
				CHAIN.soon());
		assertThat(built.hash()).as("its authorisation is still to come").isNull();
		assertThat(SequenceNumber.of(built.envelope(), DevnetChain.PASSPHRASE))
			.isEqualTo(new SequenceNumber(this.payer.address(), CHAIN.sequence(this.payer) + 1));
	}

	@Test
	void approveThatTheChainRefusesIsNotBuilt() {
		ApproveCall tooLong = new ApproveCall(CHAIN.asset, this.payer.address(), this.spender.address(), BigInteger.TEN,
				CHAIN.devnet.latestLedger() + 100_000_000);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.transactions.build(tooLong, CHAIN.ledger.account(this.payer.address()).orElseThrow(),
					CHAIN.soon()))
			.withMessageContaining("'expirationLedger'");
	}

	@Test
	void transactionThatNoLedgerHasIsNotFound() {
		assertThat(this.approvals.find("A".repeat(64))).isEqualTo(new ApprovalLookup.NotFound());
	}

	private void assertRefused(String envelope, String reason) {
		ReceivedApproval received = this.transactions.read(envelope);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.transactions.envelope(received, true))
			.withMessageContaining(reason);
	}

	private String signed(AccountKey payer) {
		return UnsignedApproval.sign(unsigned().envelope(), DevnetChain.PASSPHRASE, payer::sign);
	}

	private UnsignedTransaction unsigned() {
		ApproveCall approve = new ApproveCall(CHAIN.asset, this.payer.address(), this.spender.address(), BigInteger.TEN,
				CHAIN.devnet.latestLedger() + 1000);
		return this.transactions.build(approve, CHAIN.ledger.account(this.payer.address()).orElseThrow(), CHAIN.soon());
	}

}
