package io.github.x402sessions.facilitator.settlement.tracking;

import java.time.Duration;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Submission;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static io.github.x402sessions.stellar.rpc.FakeStellarRpc.applied;
import static io.github.x402sessions.stellar.rpc.FakeStellarRpc.notFound;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a transaction counts as ended, and when it does not.
 */
class TransactionSubmissionTests {

	private static final long MAX_TIME = 1_045;

	private static final long LEDGER = 100;

	private static final String BAD_SEQUENCE = "AAAAAAAAAAD////7AAAAAA==";

	private static final String INSUFFICIENT_FEE = "AAAAAAAAAAD////3AAAAAA==";

	private static final String SOROBAN_INVALID = "AAAAAAAAAAD////vAAAAAA==";

	private final FakeStellarRpc rpc = new FakeStellarRpc();

	private final String source = KeyPair.random().getAccountId();

	private final FeePolicy fees = new FeePolicy(this.rpc, 1_000_000);

	private final SpenderTransfers transfers = new SpenderTransfers(this.rpc, new LedgerState(this.rpc, "test"), "test",
			TestSpenders.of(AccountKey.random()), this.fees);

	private final TransactionSubmission broadcast = broadcast(Duration.ofMinutes(1));

	@Test
	void appliedTransactionIsDecided() {
		this.rpc.lookups.add(() -> applied(Status.SUCCESS, 101));
		assertThat(this.broadcast.look()).isEqualTo(new TrackingResult.Decided(Outcome.confirmed(101)));
		this.rpc.lookups.add(() -> applied(Status.FAILED, 101));
		assertThat(this.broadcast.look()).isEqualTo(new TrackingResult.Decided(Outcome.failed(101)));
	}

	@Test
	void transactionThatIsNotFoundIsOpenUntilItsTimeIsOver() {
		accepted();
		this.rpc.lookups.add(() -> notFound(105, MAX_TIME, 1));
		assertThat(this.broadcast.look()).isNull();
		look(notFound(106, MAX_TIME + 1, 1), notFound(106, MAX_TIME + 1, 1));
		assertThat(this.broadcast.look()).isEqualTo(new TrackingResult.Decided(Outcome.dead("its time is over")));
		assertThat(this.rpc.sent).hasSize(1);
	}

	@Test
	void secondLookFindsWhatTheFirstMissed() {
		accepted();
		look(notFound(106, MAX_TIME + 1, 1), applied(Status.SUCCESS, 106));
		assertThat(this.broadcast.look()).isEqualTo(new TrackingResult.Decided(Outcome.confirmed(106)));
	}

	@Test
	void secondLookAtANodeThatLagsProvesNothing() {
		accepted();
		look(notFound(106, MAX_TIME + 1, 1), notFound(104, MAX_TIME - 9, 1));
		assertThat(this.broadcast.look()).isNull();
	}

	@Test
	void nodeThatDoesNotReachBackProvesNothing() {
		accepted();
		look(notFound(9_000, MAX_TIME + 9_000, LEDGER + 1));
		assertThat(this.broadcast.look()).isNull();
		assertThat(this.broadcast.isOver()).isTrue();
	}

	@Test
	void numberThatNobodyUsedProvesDeathWhateverTheNodeRemembers() throws Exception {
		accepted();
		account(7, 9_000);
		look(notFound(9_000, MAX_TIME + 9_000, LEDGER + 1));
		assertThat(this.broadcast.look()).isEqualTo(new TrackingResult.Decided(Outcome.dead("its time is over")));
	}

	@Test
	void numberThatWasUsedOrReadTooEarlyProvesNothing() throws Exception {
		accepted();
		account(8, 9_000);
		look(notFound(9_000, MAX_TIME + 9_000, LEDGER + 1));
		assertThat(this.broadcast.look()).isNull();
		account(7, 8_999);
		look(notFound(9_000, MAX_TIME + 9_000, LEDGER + 1));
		assertThat(this.broadcast.look()).isNull();
	}

	@Test
	void nothingIsOfferedForACallerWhoHasGone() {
		TransactionSubmission abandoned = broadcast(Duration.ZERO);
		abandoned.offer();
		look(notFound(101, 1_005, 1), notFound(102, 1_010, 1));
		assertThat(abandoned.look()).isNull();
		assertThat(abandoned.look()).isNull();
		assertThat(this.rpc.sent).isEmpty();
	}

	@Test
	void lostAnswerMeansNothingAndTheSameBytesAreOfferedAgain() {
		this.rpc.submissions.add(TransactionSubmissionTests::broken);
		this.broadcast.offer();
		this.rpc.submissions.add(() -> new Submission(Submission.Status.TRY_AGAIN_LATER, null));
		this.rpc.lookups.add(() -> notFound(101, 1_005, 1));
		assertThat(this.broadcast.look()).isNull();
		this.rpc.submissions.add(() -> new Submission(Submission.Status.DUPLICATE, null));
		this.rpc.lookups.add(() -> notFound(101, 1_005, 1));
		assertThat(this.broadcast.look()).isNull();
		this.rpc.lookups.add(() -> notFound(101, 1_005, 1));
		assertThat(this.broadcast.look()).isNull();
		assertThat(this.rpc.sent).hasSize(3).containsOnly("envelope");
	}

	@Test
	void chainIsAskedBeforeAnythingIsOfferedAgain() {
		this.rpc.submissions.add(() -> new Submission(Submission.Status.TRY_AGAIN_LATER, null));
		this.broadcast.offer();
		this.rpc.lookups.add(() -> applied(Status.SUCCESS, 101));
		assertThat(this.broadcast.look()).isEqualTo(new TrackingResult.Decided(Outcome.confirmed(101)));
		assertThat(this.rpc.sent).hasSize(1);
	}

	@Test
	void nodeThatDoesNotAnswerLeavesItOpen() {
		accepted();
		this.rpc.lookups.add(TransactionSubmissionTests::broken);
		assertThat(this.broadcast.look()).isNull();
	}

	@Test
	void refusedSequenceIsOpenWhileNobodyHasUsedIt() {
		this.rpc.submissions.add(() -> new Submission(Submission.Status.ERROR, BAD_SEQUENCE));
		this.broadcast.offer();
		this.rpc.submissions.add(() -> new Submission(Submission.Status.ERROR, BAD_SEQUENCE));
		this.rpc.lookups.add(() -> notFound(101, 1_005, 1));
		assertThat(this.broadcast.look()).isNull();
	}

	@Test
	void bidThatIsRefusedIsRaisedForTheNextTransaction() {
		assertThat(this.fees.bid()).isEqualTo(10_000);
		this.rpc.submissions.add(() -> new Submission(Submission.Status.ERROR, INSUFFICIENT_FEE));
		this.broadcast.offer();
		this.rpc.submissions.add(() -> new Submission(Submission.Status.ERROR, INSUFFICIENT_FEE));
		this.rpc.lookups.add(() -> notFound(101, 1_005, 1));
		assertThat(this.broadcast.look()).as("the same bytes may still land").isNull();
		assertThat(this.fees.bid()).as("raised once").isEqualTo(100_000);
	}

	@Test
	void pricesThatTheNetworkHasRaisedAreLearntOnce() {
		this.rpc.submissions.add(() -> new Submission(Submission.Status.ERROR, SOROBAN_INVALID));
		this.broadcast.offer();
		assertThat(new RejectionEffects(this.fees, this.transfers)
			.learn(new Submission(Submission.Status.ERROR, SOROBAN_INVALID))).isTrue();
		assertThat(
				new RejectionEffects(this.fees, this.transfers).learn(new Submission(Submission.Status.PENDING, null)))
			.isFalse();
		assertThat(this.fees.bid()).as("the bid was not the cause").isEqualTo(10_000);
	}

	@Test
	void codeOfAnErrorIsReadWithoutTheSdk() {
		assertThat(new Submission(Submission.Status.ERROR, BAD_SEQUENCE).isBadSequence()).isTrue();
		assertThat(new Submission(Submission.Status.ERROR, "AAAAAAAAAAD////u").errorCode()).isEqualTo(-18);
		assertThat(new Submission(Submission.Status.ERROR, "?").errorCode()).isZero();
		assertThat(new Submission(Submission.Status.ERROR, "AAAA").errorCode()).isZero();
		assertThat(new Submission(Submission.Status.PENDING, null).errorCode()).isZero();
	}

	private TransactionSubmission broadcast(Duration deadline) {
		return new TransactionSubmission(this.rpc, new LedgerState(this.rpc, "test"),
				new RejectionEffects(this.fees, this.transfers),
				new SubmittedTransaction(new SignedTransaction("hash", "envelope", this.source, 8, MAX_TIME), LEDGER,
						null),
				new SettleDeadline(deadline));
	}

	private void account(long sequence, long ledger) {
		new FakeLedger(this.rpc).account(this.source, sequence);
		this.rpc.entriesLedger = ledger;
	}

	private void accepted() {
		this.rpc.submissions.add(() -> new Submission(Submission.Status.PENDING, null));
		this.broadcast.offer();
	}

	private void look(TransactionLookup... answers) {
		for (TransactionLookup answer : answers) {
			this.rpc.lookups.add(() -> answer);
		}
	}

	private static <T> T broken() {
		throw new RpcException("broken off", null);
	}

}
