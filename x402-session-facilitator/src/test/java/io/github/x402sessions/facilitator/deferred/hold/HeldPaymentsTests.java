package io.github.x402sessions.facilitator.deferred.hold;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.facilitator.DatabaseFaults;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.deferred.Commitment;
import io.github.x402sessions.facilitator.deferred.CommitmentOrder;
import io.github.x402sessions.facilitator.deferred.CommitmentState;
import io.github.x402sessions.facilitator.deferred.PayerFunds;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.repository.HeldAmount;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is held counts as promised until it has one end, on whichever node; what is not
 * paid then is free again, with all sums that it counted in.
 */
class HeldPaymentsTests {

	private static final Instant START = Instant.ofEpochSecond(1_000_000);

	private static final PaymentKey KEY = new PaymentKey("pay_of_a_stream_1", "held", false);

	private static final PaymentKey ENDED = new PaymentKey("pay_of_a_stream_1", "ended", false);

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void heldPaymentIsPromisedAndNobodyElsesToEnd(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			hold(store, "first", 50);
			Session session = store.sessions().get("k");
			assertThat(session.reserved()).isEqualTo(50);
			assertThat(session.inMotion()).isZero();
			assertThat(store.books().releaseAbandoned(Duration.ofDays(-1))).isZero();
			assertThat(store.settlements().forgetIdentifiers(Duration.ofDays(-1))).isZero();
			assertThat(store.redemptions().open(transfer(50).parties(), false, 9)).as("to redeem").isEmpty();
			assertThat(store.redemptions().putInDefault(List.of("first"))).isEmpty();
			assertThat(store.redemptions().writeOff(transfer(50).parties(), 10_000)).isEmpty();
			assertThat(store.settlements().carryCommitted(List.of("first"), "hash")).isFalse();
			assertThat(store.redemptions().isAwaited("k")).as("its session is not closed").isTrue();
			assertThat(store.openWork().held()).isOne();
			assertSums(database, store, 50);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void streamIsPaidForWhatItHasDelivered(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			KnownPayment held = hold(store, "first", 50);
			assertThat(held.held()).isEqualTo(new HeldAmount(BigInteger.valueOf(50), START));
			SettlementResult result = commit(store, held, 20);
			assertThat(result).isInstanceOfSatisfying(SettlementResult.Settled.class, (settled) -> {
				assertThat(settled.transaction()).isEqualTo("first");
				assertThat(settled.balance().remaining()).isEqualTo(80);
			});
			assertThat(store.commitments().find("first")).contains(new CommitmentState(DeferralStatus.COMMITTED, null,
					null, BigInteger.valueOf(20), "pay_of_a_stream_1"));
			KnownPayment known = store.deliveries().find("k", ENDED).orElseThrow();
			assertThat(known.terms()).isEqualTo("ended");
			assertThat(known.held()).isNull();
			assertThat(store.redemptions().open(transfer(1).parties(), false, 9)).singleElement()
				.satisfies((open) -> assertThat(open.amount()).isEqualTo(20));
			assertSums(database, store, 20);
			assertThat(commit(store, held, 20)).as("once").isNull();
			assertThat(release(store, held)).as("once").isFalse();
			assertSums(database, store, 20);
			hold(store, "second", 30, new PaymentKey("pay_of_a_stream_2", "held", false));
			assertThat(store.redemptions().open()).as("what is held is not due")
				.singleElement()
				.satisfies((open) -> assertThat(open.amount()).isEqualTo(20));
		}
	}

	/** Or each long stream would be late, and paid for by a transaction of its own. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void commitmentIsAsOldAsTheEndOfItsStream(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			KnownPayment held = hold(prepared(database), "first", 50);
			Instant end = START.plusSeconds(600);
			TestStore store = database.store(at(end));
			assertThat(commit(store, held, 20)).isNotNull();
			assertThat(store.redemptions().open()).singleElement()
				.satisfies((open) -> assertThat(open.oldest()).isEqualTo(end));
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void releasedPaymentLeavesNothingBehindAndItsIdentifierFree(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			KnownPayment held = hold(store, "first", 50);
			assertThat(commit(store, held, 51)).as("more than is held").isNull();
			assertThat(release(store, held)).isTrue();
			assertThat(release(store, held)).isFalse();
			assertThat(store.commitments().find("first")).contains(
					new CommitmentState(DeferralStatus.RELEASED, null, null, BigInteger.ZERO, "pay_of_a_stream_1"));
			assertThat(store.deliveries().find("k", KEY)).isEmpty();
			assertSums(database, store, 0);
			hold(store, "second", 40);
			assertSums(database, store, 40);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void paymentThatNobodyEndsLapsesAfterItsTimeOnOneNode(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			hold(store, "first", 50);
			List<HeldPayment> lapsed = new ArrayList<>();
			expiry(database, START.plusSeconds(30), lapsed).round();
			assertThat(lapsed).as("clocks may differ").isEmpty();
			expiry(database, START.plusSeconds(31), lapsed).round();
			expiry(database, START.plusSeconds(31), lapsed).round();
			assertThat(lapsed)
				.containsExactly(new HeldPayment("first", "k", transfer(50).parties(), BigInteger.valueOf(50)));
			assertSums(database, store, 0);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void howeverManyLapseTogetherNoneWaitsForTheNextRound(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			database.jdbc().sql("update payment_session set cap = 1000").update();
			int count = 2 * HoldRepository.LAPSED_AT_ONCE + 1;
			hold(store,
					IntStream.range(0, count)
						.mapToObj((i) -> order(store, "c" + i, 1, new PaymentKey("pay_of_one_of_" + i, "held", false)))
						.toList());
			List<HeldPayment> lapsed = new ArrayList<>();
			expiry(database, START.plusSeconds(31), lapsed).round();
			assertThat(lapsed).hasSize(count);
			assertSums(database, store, 0);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void callerIsToldWhatTheDatabaseHasWrittenAfterItFailed(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			KnownPayment held = hold(store, "first", 50);
			LateUnitOfWork late = new LateUnitOfWork(store.unitOfWork());
			OutcomeDeliveries deliveries = store.deliveries();
			HeldPayments payments = new HeldPayments(late, store.holds(), store.accounts(), store.lending(), deliveries,
					at(START));
			assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> payments.commit(store.account(store.sessions().get("k")), transfer(20).parties(),
						held, BigInteger.valueOf(20), ENDED));
			late.write();
			assertThat(store.commitments().find("first").orElseThrow().status()).isEqualTo(DeferralStatus.COMMITTED);
			assertThat(deliveries.find("k", ENDED).orElseThrow().told()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void ofSeveralEndsOneCounts(Dialect dialect) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore one = prepared(database);
			TestStore other = database.store(at(START.plusSeconds(60)));
			for (int round = 0; round < 5; round++) {
				long before = one.sessions().get("k").reserved().longValueExact();
				KnownPayment held = hold(one, "c" + round, 10, new PaymentKey("pay_of_round_" + round, "held", false));
				List<Callable<Boolean>> ends = List.of(() -> commit(one, held, 3) != null,
						() -> commit(other, held, 3) != null, () -> release(other, held),
						() -> payments(other, at(START.plusSeconds(60))).lapsed()
							.stream()
							.anyMatch(payments(other, at(START.plusSeconds(60)))::expire));
				int ended = 0;
				for (var end : threads.invokeAll(ends)) {
					ended += end.get() ? 1 : 0;
				}
				assertThat(ended).isOne();
				boolean paid = one.commitments().find("c" + round).orElseThrow().status() == DeferralStatus.COMMITTED;
				assertSums(database, one, before + (paid ? 3 : 0));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void sumsThatAreWrongAreMadeAgain(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = prepared(database);
			KnownPayment held = hold(store, "first", 50);
			database.jdbc().sql("update payment_session set reserved = 5, committed = 5").update();
			assertThat(commit(store, held, 20)).isNotNull();
			assertSums(database, store, 20);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whateverFailsNothingIsHalfAnEnd(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect); DatabaseFaults faults = DatabaseFaults.of(database)) {
			JdbcClient sound = database.jdbc();
			TestStore healthy = database.store(at(START));
			TestStore store = faults.store();
			List<KnownPayment> held = new ArrayList<>();
			faults.strike(() -> {
				prepare(sound);
				held.add(hold(healthy, "first", 50));
			}, () -> payments(store, at(START)).commit(store.account(store.sessions().get("k")), transfer(20).parties(),
					held.get(0), BigInteger.valueOf(20), new PaymentKey("pay_of_a_stream_1", "ended", true)));
			assertSums(database, healthy, 20);
		}
	}

	private static HoldExpiry expiry(TestDatabase database, Instant now, List<HeldPayment> lapsed) {
		return new HoldExpiry(payments(database.store(at(now)), at(now)), lapsed::add);
	}

	private static Clock at(Instant now) {
		return Clock.fixed(now, ZoneOffset.UTC);
	}

	private static SettlementResult commit(TestStore store, KnownPayment held, long amount) {
		return payments(store, at(START)).commit(store.account(store.sessions().get("k")), transfer(amount).parties(),
				held, BigInteger.valueOf(amount), ENDED);
	}

	private static boolean release(TestStore store, KnownPayment held) {
		return payments(store, at(START)).release(store.account(store.sessions().get("k")), transfer(1).parties(),
				held);
	}

	private static HeldPayments payments(TestStore store, Clock clock) {
		return new HeldPayments(store.unitOfWork(), store.holds(), store.accounts(), store.lending(),
				store.deliveries(), clock);
	}

	private static KnownPayment hold(TestStore store, String id, long amount) {
		return hold(store, id, amount, KEY);
	}

	private static KnownPayment hold(TestStore store, String id, long amount, PaymentKey key) {
		hold(store, List.of(order(store, id, amount, key)));
		return store.deliveries().find("k", key).orElseThrow();
	}

	/** All of one session and between the same parties. */
	private static void hold(TestStore store, List<CommitmentOrder> orders) {
		CommitmentOrder first = orders.get(0);
		BigInteger sum = orders.stream()
			.map((order) -> order.commitment().transfer().amount())
			.reduce(BigInteger.ZERO, BigInteger::add);
		store.unitOfWork().perform(() -> {
			assertThat(store.lending().add(orders)).hasSize(orders.size());
			assertThat(store.accounts().commit(Map.of(first.account(), sum))).hasSize(1);
			store.lending().lend(Map.of(first.commitment().transfer().parties(), sum));
		});
	}

	private static CommitmentOrder order(TestStore store, String id, long amount, PaymentKey key) {
		Session session = store.sessions().get("k");
		return new CommitmentOrder(new Commitment(id, "k", transfer(amount), 900), store.account(session), key, null,
				new PayerFunds(100, BigInteger.TEN.pow(9), BigInteger.TEN.pow(9)), START);
	}

	private static Transfer transfer(long amount) {
		return new Transfer("C", "p", "r", BigInteger.valueOf(amount));
	}

	private static TestStore prepared(TestDatabase database) {
		prepare(database.jdbc());
		return database.store(at(START));
	}

	private static void prepare(JdbcClient jdbc) {
		jdbc.sql("""
				insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender,
				asset, recipient, cap, expiration_ledger, created_at, updated_at)
				values ('k', 'k0123456789abcdef', false, 'n', 'a', 1, 'p', 's', 'C', 'r', 100, 1000, 0, 0)""").update();
	}

	private static void assertSums(TestDatabase database, TestStore store, long promised) {
		Session session = store.sessions().get("k");
		assertThat(session.reserved()).isEqualTo(promised);
		assertThat(session.committed()).isEqualTo(promised);
		assertThat(database.jdbc().sql("select distinct amount from deferred_exposure").query(Long.class).list())
			.containsExactly(promised);
		assertThat(store.books().mendSums("k")).as("they are the rows' sums").isFalse();
		assertThat(store.recordedSessions().sumsAfter("", 0, 9)).singleElement()
			.satisfies((sums) -> assertThat(sums.reserved()).isEqualTo(sums.open()));
	}

	/** Fails while the database still writes. */
	private static final class LateUnitOfWork implements UnitOfWork {

		private final UnitOfWork database;

		private Runnable written = () -> {
		};

		private LateUnitOfWork(UnitOfWork database) {
			this.database = database;
		}

		@Override
		public <T> T runIf(Supplier<T> steps, Predicate<? super T> kept) {
			this.written = () -> this.database.runIf(steps, kept);
			throw new DataAccessResourceFailureException("the answer is lost");
		}

		private void write() {
			this.written.run();
		}

	}

}
