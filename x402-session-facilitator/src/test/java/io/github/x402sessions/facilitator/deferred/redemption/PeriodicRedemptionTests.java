package io.github.x402sessions.facilitator.deferred.redemption;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.fixtures.AdvancingClock;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.KeyPair;

import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When what is open is taken up, and by whom.
 */
class PeriodicRedemptionTests {

	private static final Parties PARTIES = new Parties("C", "p", "r");

	private static final Instant NOW = Instant.ofEpochSecond(10_000);

	private static final Drain DRAIN = new Drain((event) -> {
	});

	private final List<Parties> claimed = new CopyOnWriteArrayList<>();

	/** Whoever settled by books that have lost payments would make them again. */
	@Test
	void nothingIsRedeemedByBooksThatAreInDoubt() {
		RedemptionRound round = new RedemptionRound(null, null, null, null, () -> true);
		assertThatCode(() -> round.redeem(PARTIES)).as("no worker is asked").doesNotThrowAnyException();
	}

	@Test
	void healthIsToldByWhatWasReadAFewSecondsAgo() {
		AtomicInteger read = new AtomicInteger();
		RedemptionRepository commitments = fake(RedemptionRepository.class, (call) -> {
			read.incrementAndGet();
			return List.of(open(PARTIES, NOW.minusSeconds(30), 900));
		});
		AdvancingClock clock = AdvancingClock.stopped(NOW);
		PeriodicRedemption redemption = new PeriodicRedemption(
				new RedemptionBooks(null, commitments, null, null, new IgnoredFigures()), new RedemptionRound(null,
						null, new RedemptionRules(Duration.ofMinutes(1), null, 40, null, null), null, () -> false),
				null, clock, DRAIN, false);
		assertThat(redemption.state().age()).isEqualTo(Duration.ofSeconds(30));
		clock.advance(Duration.ofSeconds(4));
		assertThat(redemption.state().age()).isEqualTo(Duration.ofSeconds(34));
		assertThat(read).hasValue(1);
		clock.advance(Duration.ofSeconds(2));
		redemption.state();
		assertThat(read).hasValue(2);
	}

	@ParameterizedTest
	@CsvSource({ "1, true", "2000, true", "2001, false", "100000, false" })
	void lumensAreToPayForAllTransactionsOfParties(int count, boolean enough) throws InterruptedException {
		FakeStellarRpc node = new FakeStellarRpc();
		AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));
		FeePolicy fees = new FeePolicy(node, 1_000);
		new FakeLedger(node).funded(spender.address(), 12 * (fees.bid() + Transfers.USUAL_RESOURCE_FEE));
		RedemptionRepository commitments = fake(RedemptionRepository.class,
				(call) -> List.of(new OpenParties(PARTIES, BigInteger.TEN, NOW, count, false, false, 900, NOW)));
		CountDownLatch looked = new CountDownLatch(1);
		try (PeriodicRedemption redemption = new PeriodicRedemption(
				new RedemptionBooks(null, commitments, null, null, new IgnoredFigures()), new RedemptionRound(null,
						new RedemptionWorkers(commitments, null, 1, Duration.ofSeconds(1)), null, null, () -> {
							looked.countDown();
							return true;
						}),
				new RedemptionLumens(
						new TransferReadinessReader(node,
								new LedgerState(node, FakeLedger.NETWORK.getNetworkPassphrase())),
						new ChannelKeys(TestSpenders.of(spender), TestSpenders.secrets(spender), 0), fees),
				AdvancingClock.stopped(NOW), DRAIN, false)) {
			redemption.start();
			assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(redemption.canRedeem()).isEqualTo(enough);
		}
	}

	@Test
	void drainedNodeBeginsNothingNotEvenAtItsEnd() throws InterruptedException {
		Drain drain = new Drain((event) -> {
		});
		drain.begin();
		CountDownLatch reads = new CountDownLatch(2);
		AtomicInteger looks = new AtomicInteger();
		RedemptionRepository commitments = fake(RedemptionRepository.class, (call) -> {
			reads.countDown();
			return List.of(new OpenParties(PARTIES, BigInteger.TEN, NOW, 1, false, false, 900, NOW));
		});
		FakeStellarRpc node = new FakeStellarRpc();
		AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));
		new FakeLedger(node).funded(spender.address(), 1_000_000_000);
		try (PeriodicRedemption redemption = new PeriodicRedemption(
				new RedemptionBooks(null, commitments, null, null, new IgnoredFigures()), new RedemptionRound(null,
						new RedemptionWorkers(commitments, null, 1, Duration.ofSeconds(1)), null, null, () -> {
							looks.incrementAndGet();
							return true;
						}),
				new RedemptionLumens(
						new TransferReadinessReader(node,
								new LedgerState(node, FakeLedger.NETWORK.getNetworkPassphrase())),
						new ChannelKeys(TestSpenders.of(spender), TestSpenders.secrets(spender), 0),
						new FeePolicy(node, 1_000)),
				AdvancingClock.stopped(NOW), drain, false)) {
			redemption.start();
			assertThat(reads.await(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(looks).hasValue(0);
	}

	@Test
	void whatTakesLongToReadIsReadLessOften() {
		assertThat(PeriodicRedemption.pauseAfter(Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(500));
		assertThat(PeriodicRedemption.pauseAfter(Duration.ofMillis(100))).isEqualTo(Duration.ofSeconds(2));
		assertThat(PeriodicRedemption.pauseAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void whatIsOpenBetweenPartiesIsOneWorkersUntilItsTransactionHasEnded() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			TestStore store = database.store();
			store.unitOfWork().perform(() -> store.lending().lend(Map.of(PARTIES, BigInteger.ONE)));
			RedemptionWorkers workers = new RedemptionWorkers(store.redemptions(), null, 2, Duration.ofSeconds(10));
			List<Instant> begun = new ArrayList<>();
			CompletableFuture<Void> transaction = new CompletableFuture<>();
			workers.take(PARTIES, (deadline) -> {
				begun.add(Instant.now());
				return transaction;
			});
			Eventually.isTrue(() -> begun.size() == 1);
			assertThat(workers.take(PARTIES, (deadline) -> {
				throw new AssertionError("it is in a transaction");
			})).isFalse();
			transaction.complete(null);
			Eventually.isTrue(() -> workers.take(PARTIES,
					(deadline) -> CompletableFuture.failedFuture(new IllegalStateException("it fails"))));
			workers.close(Duration.ofSeconds(5));
			assertThat(workers.take(PARTIES, (deadline) -> transaction)).as("no more").isFalse();
			assertThat(database.jdbc()
				.sql("select lease from deferred_exposure where payer = 'p' and recipient = 'r'")
				.query(String.class)
				.optional()).as("the claim is given back").isEmpty();
		}
	}

	@Test
	void whatCannotBeWrittenOffKeepsNobodyElseFromTheirTurn() {
		Parties other = new Parties("C", "another", "r");
		try (TestDatabase database = TestDatabase.sqlite()) {
			RedemptionRound round = round(database.store(), fake(LendingBooks.class, (method) -> Map.of()));
			round.see(List.of(open(PARTIES, Instant.EPOCH, 99), open(other, NOW, 900)), NOW.plusSeconds(60), 100);
			Eventually.isTrue(() -> this.claimed.contains(other));
		}
	}

	@Test
	void roundThatFailsTakesTheLedgerFromNoOther() {
		Parties other = new Parties("C", "another", "r");
		AtomicInteger asked = new AtomicInteger();
		LendingBooks failing = fake(LendingBooks.class, (method) -> {
			if (asked.getAndIncrement() == 0) {
				throw new DataRetrievalFailureException("too many");
			}
			return Map.of();
		});
		List<OpenParties> open = List.of(open(PARTIES, null, 900), open(other, NOW, 900));
		try (TestDatabase database = TestDatabase.sqlite()) {
			RedemptionRound round = round(database.store(), failing);
			assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> round.see(open, NOW, 100));
			round.see(open, NOW, 100);
			Eventually.isTrue(() -> this.claimed.contains(PARTIES));
		}
	}

	/** Nothing can be written off, and what is claimed is another node's. */
	private RedemptionRound round(TestStore store, LendingBooks lending) {
		RedemptionRepository commitments = fake(RedemptionRepository.class, (call) -> switch (call.name()) {
			case "claim" -> {
				this.claimed.add((Parties) call.arguments()[0]);
				yield false;
			}
			case "writeOff" -> throw new DataRetrievalFailureException("short");
			default -> null;
		});
		return new RedemptionRound(
				new RedemptionBooks(store.unitOfWork(), commitments, store.accounts(), lending, new IgnoredFigures()),
				new RedemptionWorkers(commitments, null, 1, Duration.ofSeconds(1)),
				new RedemptionRules(Duration.ofMinutes(1), null, 40, lending, null), null, () -> false);
	}

	private static OpenParties open(Parties parties, Instant oldest, long lastLedger) {
		return new OpenParties(parties, BigInteger.TEN, oldest, (oldest != null) ? 1 : 0, oldest == null, false,
				lastLedger, Instant.EPOCH);
	}

	private static <T> T fake(Class<T> type, Function<Call, Object> answers) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answers.apply(new Call(method.getName(), arguments))));
	}

	/** A call of an interface's method. */
	private record Call(String name, Object[] arguments) {
	}

}
