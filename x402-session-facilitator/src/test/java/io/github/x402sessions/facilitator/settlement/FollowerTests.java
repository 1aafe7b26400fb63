package io.github.x402sessions.facilitator.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.SignedTransaction;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.rpc.FakeStellarRpc;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.RelayedRpc;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.rpc.Submission;
import io.github.x402sessions.facilitator.rpc.TransactionLookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong with one transaction keeps neither it nor others from being followed.
 */
class FollowerTests {

	private static final int MANY = 100;

	private static final Patience LONG = new Patience(Duration.ofMinutes(1));

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final CountDownLatch dawdling = new CountDownLatch(1);

	private final Follower follower = follower(new DawdlingNode());

	@AfterEach
	void close() {
		this.dawdling.countDown();
		this.follower.close();
	}

	@Test
	void transactionThatMetAnErrorIsFollowedAgain() throws Exception {
		this.node.submissions.add(FollowerTests::overflow);
		assertThat(this.follower.send(submitted("new"), LONG).get(10, TimeUnit.SECONDS)).isEqualTo(new Fate.Open());
		this.node.submissions.add(FollowerTests::overflow);
		this.follower.send(submitted("new"), LONG).get(10, TimeUnit.SECONDS);
		assertThat(this.node.sent).hasSize(2);
	}

	@Test
	void transactionsThatNobodyWaitsForHoldUpNoOther() throws Exception {
		for (int number = 0; number < MANY; number++) {
			this.follower.resume(submitted("old-" + number));
		}
		CountDownLatch offered = new CountDownLatch(1);
		this.node.submissions.add(() -> {
			offered.countDown();
			return new Submission(Submission.Status.PENDING, null);
		});
		this.follower.send(submitted("new"), LONG);
		assertThat(offered.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private static Follower follower(StellarRpc rpc) {
		Chain chain = new Chain(rpc, "test");
		FeePolicy fees = new FeePolicy(rpc, 1_000_000);
		Transfers transfers = new Transfers(rpc, chain, "test",
				SpenderKey.of(new String(KeyPair.random().getSecretSeed())), fees);
		Clock clock = Clock.systemUTC();
		return new Follower(rpc, chain, transfers, fees,
				new TransactionBook(null, null, null, null, clock, new Books(null, null, null, clock)),
				new Channels(null, null, clock, null, Duration.ofSeconds(1)), new Polling(Duration.ofMinutes(1)), null);
	}

	private static Submitted submitted(String hash) {
		return new Submitted(
				new SignedTransaction(hash, "envelope", KeyPair.random().getAccountId(), 8, Long.MAX_VALUE), 100, null);
	}

	private static Submission overflow() {
		throw new StackOverflowError("as an envelope may cause");
	}

	/** It does not tell of old transactions before the test has ended. */
	private final class DawdlingNode extends RelayedRpc {

		@Override
		protected <T> T ask(Function<StellarRpc, T> question) {
			return question.apply(FollowerTests.this.node);
		}

		@Override
		public TransactionLookup transaction(String hash) {
			try {
				FollowerTests.this.dawdling.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return FakeStellarRpc.notFound(100, 1_000, 1);
		}

	}

}
