package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.store.Nodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payment is told once to those who keep no track of it, and one without an identifier
 * is known again only where its caller was left without its outcome, and not for ever.
 */
class TellingsTests {

	private static final PaymentKey UNNAMED = new PaymentKey(null, "hash", false);

	private static final PaymentKey NAMED = new PaymentKey("pay_1234567890123", "terms", false);

	private static final PaymentKey TRACKED = new PaymentKey("pay_1234567890123", "terms", true);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@ParameterizedTest
	@EnumSource
	void namedPaymentIsToldOnce(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(NAMED);
			assertThat(ledger.known(NAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isFalse());
			assertThat(ledger.tellings.tell(settlement)).isTrue();
			assertThat(ledger.tellings.tell(settlement)).isFalse();
			assertThat(ledger.tellings.tellRepeated(settlement)).isFalse();
			ledger.pass(Duration.ofDays(29));
			assertThat(ledger.known(NAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isTrue());
			ledger.tellings.takeBack("k", NAMED, "tx");
			assertThat(ledger.tellings.tellRepeated(settlement)).isTrue();
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
			assertThat(ledger.tellings.tell(settlement)).isTrue();
			ledger.pass(PATIENCE);
			assertThat(ledger.known(UNNAMED)).isEmpty();
		}
	}

	@Test
	void paymentThatWasLeftIsKnownThoughTheDatabaseDidNotHearOfIt() {
		try (Ledger ledger = new Ledger(Kind.SQLITE)) {
			String settlement = ledger.reserved(UNNAMED);
			ledger.jdbc.sql("""
					create trigger full before update of waited_until on settlement
					begin select raise(abort, 'disk is full'); end""").update();
			ledger.tellings.leave(settlement);
			ledger.jdbc.sql("drop trigger full").update();
			assertThat(ledger.known(UNNAMED)).as("an equal payment is not another one")
				.get()
				.extracting(KnownPayment::settlement)
				.isEqualTo(settlement);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatMayHaveBeenWrittenDownAsToldInVainIsTakenBack(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			assertThat(ledger.tellings.tell(settlement)).isTrue();
			ledger.tellings.takeBack(settlement, UNNAMED);
			assertThat(ledger.known(UNNAMED)).get().extracting(KnownPayment::told).isEqualTo(false);
			assertThat(ledger.tellings.tellRepeated(settlement)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void paymentThatWasLeftIsKnownForFiveMinutesAndTenSecondsMoreOnceItIsTold(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			ledger.tellings.leave(settlement);
			ledger.pass(Tellings.REPEATED.minusMillis(1));
			assertThat(ledger.known(UNNAMED)).isPresent();
			ledger.pass(Duration.ofMillis(1));
			assertThat(ledger.known(UNNAMED)).isEmpty();
			ledger.tellings.leave(settlement);
			assertThat(ledger.known(new PaymentKey(null, "other", false))).isEmpty();
			assertThat(ledger.tellings.tellRepeated(settlement)).isTrue();
			ledger.pass(Tellings.ECHOED.minusMillis(1));
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
	void answerThatWasLostIsOwedAgain(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.paid(UNNAMED);
			ledger.tellings.tell(settlement);
			ledger.tellings.takeBack("k", UNNAMED, "other");
			assertThat(ledger.known(UNNAMED)).isEmpty();
			ledger.tellings.takeBack("k", UNNAMED, "tx");
			assertThat(ledger.known(UNNAMED)).hasValueSatisfying((known) -> assertThat(known.told()).isFalse());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatMovedNothingIsNotRepeated(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			String settlement = ledger.reserved(UNNAMED);
			ledger.tellings.leave(settlement);
			assertThat(ledger.known(UNNAMED)).isPresent();
			ledger.books.release(settlement, "not sent");
			assertThat(ledger.known(UNNAMED)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatANodeOfTheVersionBeforeWroteCountsAsTold(Kind kind) {
		try (Ledger ledger = new Ledger(kind)) {
			ledger.jdbc.sql("""
					insert into settlement (id, session_id, asset, payer, recipient, amount, status, payment_id,
					payment_terms, created_at, updated_at)
					values ('old', 'k', 'C', 'p', 'r', 5, 'RESERVED', 'pay_1234567890123', 'terms', 0, 0)""").update();
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

		private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

		private final TestDatabase database;

		private final JdbcClient jdbc;

		private final Nodes nodes;

		private final Books books;

		private final Tellings tellings;

		private final Session session;

		Ledger(Kind kind) {
			this.database = kind.database.get();
			this.jdbc = this.database.jdbc();
			Clock clock = new Passing(this.now);
			this.nodes = new Nodes(this.jdbc, this.database.clock());
			this.books = new Books(this.jdbc, this.database.transactions(), this.nodes, clock);
			this.tellings = new Tellings(this.jdbc, clock);
			this.nodes.beat();
			this.jdbc
				.sql("""
						insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender,
						asset, recipient, cap, expiration_ledger, created_at, updated_at)
						values ('k', 'h', false, 'n', 'a', 1, 'p', 's', 'C', 'r', 100, 10, 0, 0)""")
				.update();
			this.session = new SessionStore(this.jdbc, this.database.transactions(), clock).get("k");
		}

		String reserved(PaymentKey key) {
			Reservation made = this.books.reserve(this.session, new Transfer("C", "p", "r", BigInteger.ONE), key,
					new Patience(PATIENCE));
			return ((Reservation.Made) made).settlement().id();
		}

		String paid(PaymentKey key) {
			String settlement = reserved(key);
			this.jdbc.sql("""
					insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status,
					created_at, updated_at) values ('tx', 'e', 's', 1, 1, 1, 'CONFIRMED', 0, 0)""").update();
			this.jdbc.sql("update settlement set status = 'CONFIRMED', tx_hash = 'tx'").update();
			return settlement;
		}

		Optional<KnownPayment> known(PaymentKey key) {
			return this.tellings.find("k", key);
		}

		void pass(Duration time) {
			this.now.updateAndGet((instant) -> instant.plus(time));
		}

		@Override
		public void close() {
			this.database.close();
		}

	}

	private static final class Passing extends Clock {

		private final AtomicReference<Instant> now;

		Passing(AtomicReference<Instant> now) {
			this.now = now;
		}

		@Override
		public Instant instant() {
			return this.now.get();
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(java.time.ZoneId zone) {
			return this;
		}

	}

}
