package io.github.x402sessions.facilitator.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.transfer.SpenderHistory;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is searched for and found where there is, or was, more than one spender.
 */
class SpenderSearchesTests {

	private final AccountKey current = AccountKey.random();

	private final AccountKey former = AccountKey.random();

	private final FakeStellarRpc node = new FakeStellarRpc();

	/** Books that lack something lack it, whoever is a spender afterwards. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void differenceIsThereUntilAnOperatorAcceptsItThoughItsSpenderIsGone(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = database.store();
			store.search(this.former.address()).found("one");
			SpenderSearches searches = searches(store, TestSpenders.of(this.current));
			assertThat(searches.difference()).hasValue("one");
			assertThat(searches.all()).hasSize(1);
			List<SpenderSearch> undecided = searches.undecided();
			assertThat(undecided).hasSize(2).startsWith(searches.current());
			store.search(this.current.address()).found("another");
			assertThat(searches.difference().orElseThrow().split("; ")).containsExactlyInAnyOrder("one", "another");
			undecided.forEach((search) -> search.state().accept(100));
			assertThat(searches.difference()).isEmpty();
			assertThat(searches.undecided()).hasSize(1);
		}
	}

	/** The watch looks every minute, an operator at any time. */
	@Test
	void oneAfterTheOtherSearches() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			SpenderSearch search = searches(database.store(), TestSpenders.of(this.current)).current();
			AtomicInteger inside = new AtomicInteger();
			CountDownLatch answer = new CountDownLatch(1);
			this.node.latest = () -> {
				inside.incrementAndGet();
				awaitUninterruptibly(answer);
				return new LatestLedger(100, 1_000, 100);
			};
			List<Thread> threads = List.of(searching(search), searching(search));
			Eventually.isTrue(() -> inside.get() > 0
					&& threads.stream().allMatch((thread) -> thread.getState() == Thread.State.WAITING));
			assertThat(inside).hasValue(1);
			answer.countDown();
			Eventually.isTrue(() -> threads.stream().noneMatch(Thread::isAlive));
			assertThat(inside).hasValueGreaterThan(1);
		}
	}

	private static Thread searching(SpenderSearch search) {
		Thread thread = new Thread(() -> search.find(100, (transfer) -> {
		}));
		thread.start();
		return thread;
	}

	private static void awaitUninterruptibly(CountDownLatch answer) {
		try {
			answer.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Without channels it has paid as the source of its transactions. */
	@Test
	void numbersOfAFormerSpenderTellOfWhatTheNodeHasForgotten() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			TestStore store = database.store();
			StoredRow.transaction("hash", "CONFIRMED").with("source", this.former.address()).insert(database.jdbc());
			FakeLedger ledger = new FakeLedger(this.node);
			ledger.account(this.current.address(), 5);
			ledger.account(this.former.address(), 11);
			this.node.latest = () -> new LatestLedger(100, 1_000, 50);
			Spenders spenders = TestSpenders.of(this.current, this.former);
			UnrecordedSequences numbers = new UnrecordedSequences(store.recordedTransactions(), store.leases(),
					new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase()),
					new ChannelKeys(spenders, TestSpenders.secrets(this.current), 0), spenders, this.node,
					searches(store, spenders));
			List<UnrecordedSequence> unknown = new ArrayList<>();
			numbers.find(unknown::add);
			assertThat(unknown).singleElement().satisfies((number) -> {
				assertThat(number.account()).isEqualTo(this.former.address());
				assertThat(number.transactions()).isEqualTo(3);
			});
		}
	}

	private SpenderSearches searches(TestStore store, Spenders spenders) {
		return new SpenderSearches(spenders, store.searches(),
				(spender, search) -> new MissingTransfers(store.recordedSessions(),
						new SpenderHistory(this.node, new TransferReader(), List.of(), spender, "test"), search));
	}

}
