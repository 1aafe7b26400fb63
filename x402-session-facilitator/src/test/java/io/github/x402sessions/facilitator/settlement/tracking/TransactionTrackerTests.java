package io.github.x402sessions.facilitator.settlement.tracking;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.DelegatingRpc;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.Submission;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong with one transaction keeps neither it nor others from being followed.
 */
class TransactionTrackerTests {

	private static final int MANY = 100;

	private static final SettleDeadline LONG = new SettleDeadline(Duration.ofMinutes(1));

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final CountDownLatch dawdling = new CountDownLatch(1);

	private final TransactionTracker tracker = tracker(new DawdlingNode());

	@AfterEach
	void close() {
		this.dawdling.countDown();
		this.tracker.close();
	}

	@Test
	void transactionThatMetAnErrorIsFollowedAgain() throws Exception {
		this.node.submissions.add(TransactionTrackerTests::overflow);
		assertThat(Eventually.resultOf(this.tracker.send(submitted("new"), LONG))).isEqualTo(new TrackingResult.Open());
		this.node.submissions.add(TransactionTrackerTests::overflow);
		Eventually.resultOf(this.tracker.send(submitted("new"), LONG));
		assertThat(this.node.sent).hasSize(2);
	}

	@Test
	void transactionsThatNobodyWaitsForHoldUpNoOther() throws Exception {
		for (int number = 0; number < MANY; number++) {
			this.tracker.resume(submitted("old-" + number));
		}
		CountDownLatch offered = new CountDownLatch(1);
		this.node.submissions.add(() -> {
			offered.countDown();
			return new Submission(Submission.Status.PENDING, null);
		});
		this.tracker.send(submitted("new"), LONG);
		Eventually.opens(offered);
	}

	@Test
	void whatIsBeingSentWhenTheProcessEndsIsSent() {
		CountDownLatch sending = new CountDownLatch(1);
		CountDownLatch answering = new CountDownLatch(1);
		AtomicBoolean answered = new AtomicBoolean();
		this.node.submissions.add(() -> {
			sending.countDown();
			answered.set(opens(answering));
			return new Submission(Submission.Status.PENDING, null);
		});
		this.tracker.send(submitted("last"), LONG);
		Eventually.opens(sending);
		Thread closing = new Thread(this.tracker::close);
		closing.start();
		Eventually.isTrue(() -> closing.getState() == Thread.State.TIMED_WAITING);
		answering.countDown();
		Eventually.isTrue(() -> !closing.isAlive());
		assertThat(answered).isTrue();
	}

	private static boolean opens(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static TransactionTracker tracker(StellarRpc rpc) {
		LedgerState chain = new LedgerState(rpc, "test");
		FeePolicy fees = new FeePolicy(rpc, 1_000_000);
		SpenderTransfers transfers = new SpenderTransfers(rpc, chain, "test", TestSpenders.of(AccountKey.random()),
				fees);
		return new TransactionTracker(rpc, chain, transfers, fees, new SettlementBooks(null, null, null, null, null),
				new Channels(null, null, Duration.ofSeconds(1)), new Polling(Duration.ofMinutes(1)), null);
	}

	private static SubmittedTransaction submitted(String hash) {
		return new SubmittedTransaction(
				new SignedTransaction(hash, "envelope", KeyPair.random().getAccountId(), 8, Long.MAX_VALUE), 100, null);
	}

	private static Submission overflow() {
		throw new StackOverflowError("as an envelope may cause");
	}

	/** It does not tell of old transactions before the test has ended. */
	private final class DawdlingNode extends DelegatingRpc {

		@Override
		protected <T> T ask(Function<StellarRpc, T> question) {
			return question.apply(TransactionTrackerTests.this.node);
		}

		@Override
		public TransactionLookup transaction(String hash) {
			try {
				TransactionTrackerTests.this.dawdling.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return FakeStellarRpc.notFound(100, 1_000, 1);
		}

	}

}
