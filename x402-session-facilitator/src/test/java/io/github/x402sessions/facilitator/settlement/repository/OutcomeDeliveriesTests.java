package io.github.x402sessions.facilitator.settlement.repository;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.settlement.IdempotentReplay;
import io.github.x402sessions.facilitator.settlement.Recovery;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionTracker;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.fixtures.AdvancingClock;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A payment is told once to those who keep no track of it, and one without an identifier
 * is known again only where its caller was left without its outcome, and not for ever.
 */
class OutcomeDeliveriesTests {

	private static final PaymentKey UNNAMED = new PaymentKey(null, "hash", false);

	private static final PaymentKey NAMED = new PaymentKey("pay_1234567890123", "terms", false);

	private static final PaymentKey TRACKED = new PaymentKey("pay_1234567890123", "terms", true);

	private static final Transfer TRANSFER = new Transfer("C", "p", "r", BigInteger.ONE);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@ParameterizedTest
	@EnumSource
	void namedPaymentIsToldOnce(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(NAMED);
			assertThat(ledger.known(NAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isFalse());
			OutcomeDelivery delivery = ledger.tell(settlement, NAMED);
			assertThat(delivery).isNotNull();
			assertThat(ledger.tell(settlement, NAMED)).isNull();
			assertThat(ledger.repeat(settlement, NAMED)).isNull();
			ledger.pass(Duration.ofDays(29));
			assertThat(ledger.known(NAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isTrue());
			ledger.deliveries.takeBack(delivery);
			assertThat(ledger.repeat(settlement, NAMED)).isNotNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void paymentOfATrackingServerIsToldFromTheStart(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			ledger.reserved(TRACKED);
			assertThat(ledger.known(NAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isTrue());
		}
	}

	@ParameterizedTest
	@EnumSource
	void equalPaymentIsAnotherWhileTheFirstIsWaitedForAndAfterItWasTold(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			assertThat(ledger.known(UNNAMED)).isEmpty();
			ledger.deliveries.arrived(ledger.tell(settlement, UNNAMED));
			ledger.pass(PATIENCE);
			assertThat(ledger.known(UNNAMED)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void paymentThatWasLeftIsKnownToANodeWhoseClockIsBehind(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			ledger.deliveries.leave("k", settlement);
			ledger.pass(Duration.ofSeconds(-4));
			assertThat(ledger.known(UNNAMED)).isPresent();
			ledger.pass(Duration.ofSeconds(4));
			ledger.deliveries.arrived(ledger.repeat(settlement, UNNAMED));
			ledger.pass(Duration.ofSeconds(-4));
			assertThat(ledger.known(UNNAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isTrue());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsToldToOneWhoRepeatsIsKnownToANodeWhoseClockIsBehind(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			ledger.deliveries.leave("k", settlement);
			assertThat(ledger.repeat(settlement, UNNAMED)).isNotNull();
			ledger.pass(Duration.ofSeconds(-4));
			assertThat(ledger.known(UNNAMED)).get().extracting(KnownPayment::told).isEqualTo(true);
		}
	}

	@Test
	void paymentThatWasLeftIsKnownThoughTheDatabaseDidNotHearOfIt() {
		try (Ledger ledger = new Ledger(Kind.SQLITE)) {
			String settlement = ledger.reserved(UNNAMED);
			ledger.fill("waited_until");
			ledger.deliveries.leave("k", settlement);
			ledger.empty();
			assertThat(ledger.known(UNNAMED)).as("an equal payment is not another one")
				.get()
				.extracting(KnownPayment::settlement)
				.isEqualTo(settlement);
		}
	}

	@ParameterizedTest
	@EnumSource
	void onlyWhatWasToldInVainIsTakenBack(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			OutcomeDelivery first = ledger.tell(settlement, UNNAMED);
			assertThat(ledger.known(UNNAMED)).isEmpty();
			ledger.deliveries.takeBack(first);
			assertThat(ledger.known(UNNAMED)).get().extracting(KnownPayment::told).isEqualTo(false);
			assertThat(ledger.repeat(settlement, UNNAMED)).isNotNull();
			ledger.deliveries.takeBack(first);
			assertThat(ledger.known(UNNAMED)).as("another was told meanwhile")
				.get()
				.extracting(KnownPayment::told)
				.isEqualTo(true);
		}
	}

	@Test
	void whatCannotBeTakenBackNowIsBeforeTheNextLook() {
		try (Ledger ledger = new Ledger(Kind.SQLITE)) {
			OutcomeDelivery told = ledger.tell(ledger.paid(NAMED), NAMED);
			ledger.fill("told");
			ledger.deliveries.takeBack(told);
			assertThatExceptionOfType(DataAccessException.class).as("nobody hears that it was told")
				.isThrownBy(() -> ledger.known(NAMED));
			ledger.empty();
			assertThat(ledger.known(NAMED)).get().extracting(KnownPayment::told).isEqualTo(false);
		}
	}

	/** A database that did not answer may go on with it. */
	@ParameterizedTest
	@EnumSource
	void whatIsWrittenAfterItWasTakenBackWasToldToNobody(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			OutcomeDelivery told = new OutcomeDelivery("telling", "k", "cmt_late", true, true);
			ledger.deliveries.takeBackInDoubt(told);
			assertThat(ledger.known(NAMED)).isEmpty();
			ledger.commit(told);
			assertThat(ledger.known(NAMED)).get().extracting(KnownPayment::told).isEqualTo(false);
			OutcomeDelivery repeated = ledger.repeat("cmt_late", NAMED);
			assertThat(ledger.known(NAMED)).as("it is taken back once")
				.get()
				.extracting(KnownPayment::told)
				.isEqualTo(repeated != null);
		}
	}

	@Test
	void whatIsInDoubtIsNotForEver() {
		try (Ledger ledger = new Ledger(Kind.SQLITE)) {
			OutcomeDelivery told = new OutcomeDelivery("telling", "k", "cmt_late", true, true);
			ledger.deliveries.takeBackInDoubt(told);
			ledger.pass(Duration.ofMinutes(1).plusMillis(1));
			assertThat(ledger.known(NAMED)).isEmpty();
			ledger.commit(told);
			assertThat(ledger.known(NAMED)).get().extracting(KnownPayment::told).isEqualTo(true);
		}
	}

	@Test
	void whatCannotBeTakenBackNowIsInALaterRoundOrAtTheEnd() {
		try (Ledger ledger = new Ledger(Kind.SQLITE);
				TransactionTracker idle = new TransactionTracker(null, null, null, null, null, null, null, null)) {
			Recovery recovery = new Recovery(ledger.nodes, ledger.books, ledger.store.settlements(),
					ledger.store.transactions(), idle, ledger.deliveries, Duration.ofDays(1), PATIENCE);
			String settlement = ledger.paid(NAMED);
			OutcomeDelivery told = ledger.tell(settlement, NAMED);
			recovery.start();
			ledger.fill("told");
			ledger.deliveries.takeBack(told);
			ledger.empty();
			Eventually.isTrue(() -> !ledger.isTold());
			told = ledger.tell(settlement, NAMED);
			ledger.fill("told");
			ledger.deliveries.takeBack(told);
			ledger.empty();
			recovery.close();
			assertThat(ledger.isTold()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whoRepeatsWhatIsTakenBackAMomentLaterIsToldOfIt(Kind kind) throws Exception {
		try (Ledger ledger = new Ledger(kind)) {
			OutcomeDelivery told = ledger.tell(ledger.paid(NAMED), NAMED);
			IdempotentReplay replay = new IdempotentReplay(ledger.store.settlements(), ledger.deliveries,
					new Polling(Duration.ofSeconds(1)));
			CompletableFuture<SettlementResult> result = new CompletableFuture<>();
			result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			Thread caller = new Thread(() -> result
				.complete(replay.await(ledger.store.account(ledger.session), NAMED, new SettleDeadline(PATIENCE))));
			caller.start();
			Eventually.isTrue(() -> caller.getState() == Thread.State.TIMED_WAITING);
			ledger.deliveries.takeBack(told);
			assertThat(result.get()).isInstanceOf(SettlementResult.Settled.class);
			assertThat(replay.await(ledger.store.account(ledger.session), NAMED, new SettleDeadline(PATIENCE)))
				.isInstanceOf(SettlementResult.Duplicate.class);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatWasToldTooLateIsTheSamePaymentForEveryNodeUntilItHasArrived(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			OutcomeDelivery delivery = ledger.tell(ledger.paid(UNNAMED), UNNAMED);
			OutcomeDeliveries other = ledger.deliveriesOfAnotherNode();
			assertThat(other.find("k", UNNAMED)).as("the caller still waits").isEmpty();
			ledger.pass(PATIENCE);
			assertThat(other.find("k", UNNAMED)).get().extracting(KnownPayment::told).isEqualTo(true);
			ledger.deliveries.arrived(delivery);
			assertThat(other.find("k", UNNAMED)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatACrashLeavesInDoubtIsNotChargedAgain(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			ledger.tell(ledger.paid(UNNAMED), UNNAMED);
			ledger.nodes.leave();
			assertThat(ledger.deliveriesOfAnotherNode().find("k", UNNAMED)).get()
				.extracting(KnownPayment::told)
				.isEqualTo(true);
		}
	}

	@ParameterizedTest
	@EnumSource
	void equalPaymentIsAnotherALittleLaterWhereTheCallerMayHaveGone(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			ledger.pass(PATIENCE);
			ledger.deliveries.arrived(ledger.tell(settlement, UNNAMED, new SettleDeadline(Duration.ZERO)));
			ledger.pass(OutcomeDeliveries.ECHOED.minusMillis(1));
			assertThat(ledger.known(UNNAMED)).get().extracting(KnownPayment::told).isEqualTo(true);
			ledger.pass(Duration.ofMillis(1));
			assertThat(ledger.known(UNNAMED)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void paymentThatWasLeftIsKnownForFiveMinutesAndTenSecondsMoreOnceItIsTold(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			ledger.deliveries.leave("k", settlement);
			ledger.pass(OutcomeDeliveries.REPEATED.minusMillis(1));
			assertThat(ledger.known(UNNAMED)).isPresent();
			ledger.pass(Duration.ofMillis(1));
			assertThat(ledger.known(UNNAMED)).isEmpty();
			ledger.deliveries.leave("k", settlement);
			assertThat(ledger.known(new PaymentKey(null, "other", false))).isEmpty();
			ledger.deliveries.arrived(ledger.repeat(settlement, UNNAMED));
			ledger.pass(OutcomeDeliveries.ECHOED.minusMillis(1));
			assertThat(ledger.known(UNNAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isTrue());
			ledger.pass(Duration.ofMillis(1));
			assertThat(ledger.known(UNNAMED)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void paymentIsLeftAtTheLatestWhenItsCallersTimeIsOver(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			ledger.paid(UNNAMED);
			ledger.pass(PATIENCE);
			assertThat(ledger.known(UNNAMED)).isPresent();
		}
	}

	@ParameterizedTest
	@EnumSource
	void paymentOfANodeThatIsGoneIsLeft(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			ledger.paid(UNNAMED);
			ledger.nodes.leave();
			assertThat(ledger.known(UNNAMED)).isPresent();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatMovedNothingIsNotRepeated(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.reserved(UNNAMED);
			ledger.deliveries.leave("k", settlement);
			assertThat(ledger.known(UNNAMED)).isPresent();
			ledger.books.release(settlement, "not sent");
			assertThat(ledger.known(UNNAMED)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatANodeOfTheVersionBeforeWroteCountsAsTold(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			StoredRow.settlement("old", "RESERVED")
				.with("payment_id", "pay_1234567890123")
				.with("payment_terms", "terms")
				.insert(ledger.jdbc);
			assertThat(ledger.known(NAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isTrue());
		}
	}

	private enum Kind {

		SQLITE(TestDatabase::sqlite), POSTGRESQL(TestDatabase::postgres);

		private final Supplier<TestDatabase> database;

		Kind(Supplier<TestDatabase> database) {
			this.database = database;
		}

	}

	/** A session in the books, and a time that passes when it is told to. */
	private static final class Ledger implements AutoCloseable {

		private final AdvancingClock clock = AdvancingClock.stopped(Instant.EPOCH);

		private final TestDatabase database;

		private final JdbcClient jdbc;

		private final TestStore store;

		private final Nodes nodes;

		private final SettlementBooks books;

		private final OutcomeDeliveries deliveries;

		private final SessionRepository sessions;

		private final Session session;

		Ledger(Kind kind) {
			this.database = kind.database.get();
			this.jdbc = this.database.jdbc();
			this.store = this.database.store(this.clock);
			this.nodes = this.store.nodes();
			this.books = this.store.books();
			this.deliveries = this.store.deliveries();
			this.nodes.beat();
			StoredRow.session("k").with("proven", false).insert(this.jdbc);
			this.sessions = this.store.sessions();
			this.session = this.sessions.get("k");
		}

		OutcomeDelivery tell(String settlement, PaymentKey key) {
			return tell(settlement, key, new SettleDeadline(PATIENCE));
		}

		OutcomeDelivery tell(String settlement, PaymentKey key, SettleDeadline deadline) {
			return this.deliveries.tell(new Settlement(settlement, "k", TRANSFER, 10), key, deadline);
		}

		OutcomeDelivery repeat(String settlement, PaymentKey key) {
			return this.deliveries.tellRepeated("k",
					new KnownPayment(settlement, key.terms(), true, false, "tx", null, null), key);
		}

		OutcomeDeliveries deliveriesOfAnotherNode() {
			return this.database.store(this.clock).deliveries();
		}

		/** Let a column take nothing more. */
		void fill(String column) {
			this.jdbc
				.sql("create trigger full before update of " + column
						+ " on settlement begin select raise(abort, 'disk is full'); end")
				.update();
		}

		/** Commit a payment of which somebody is told. */
		void commit(OutcomeDelivery told) {
			this.jdbc
				.sql("""
						insert into settlement (id, session_id, asset, payer, recipient, amount, status, deferred, settle_before,
						payment_id, payment_terms, told, telling, created_at, updated_at)
						values (:id, 'k', 'C', 'p', 'r', 1, 'COMMITTED', true, 10, :payment, :terms, true, :telling, 0, 0)""")
				.param("id", told.settlement())
				.param("payment", NAMED.id())
				.param("terms", NAMED.terms())
				.param("telling", told.id())
				.update();
		}

		/** As the database has it. */
		boolean isTold() {
			return this.jdbc.sql("select told from settlement").query(Boolean.class).single();
		}

		void empty() {
			this.jdbc.sql("drop trigger full").update();
		}

		String reserved(PaymentKey key) {
			Reservation made = this.books.reserve(this.store.order(this.session, TRANSFER), key,
					new SettleDeadline(PATIENCE));
			return ((Reservation.Made) made).settlement().id();
		}

		String paid(PaymentKey key) {
			String settlement = reserved(key);
			StoredRow.transaction("tx", "CONFIRMED").insert(this.jdbc);
			this.jdbc.sql("update settlement set status = 'CONFIRMED', tx_hash = 'tx'").update();
			return settlement;
		}

		Optional<KnownPayment> known(PaymentKey key) {
			return this.deliveries.find("k", key);
		}

		void pass(Duration time) {
			this.clock.advance(time);
		}

		@Override
		public void close() {
			this.database.close();
		}

	}

}
