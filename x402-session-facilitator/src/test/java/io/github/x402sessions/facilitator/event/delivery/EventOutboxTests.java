package io.github.x402sessions.facilitator.event.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the books say has happened is written down with it, once for each who subscribed,
 * and is told in the order of its session by one at a time.
 */
class EventOutboxTests {

	private static final Duration LEASE = Duration.ofMinutes(1);

	private static final String SHOP = "shop";

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void eachStepThatMattersIsOneEventOfWhoeverSubscribed(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			JdbcClient jdbc = database.jdbc();
			EventOutbox outbox = database.store().events();
			outbox.subscribe(SHOP, EnumSet.allOf(EventType.class), Set.of());
			outbox.subscribe("other", Set.of(EventType.PAYMENT_SETTLED), Set.of("elsewhere"));
			StoredRow.session("k").with("token_hash", "0123456789abcdefSECRET").insert(jdbc);
			StoredRow.transaction("tx", "OPEN").insert(jdbc);
			StoredRow.settlement("s", "RESERVED").insert(jdbc);
			change(jdbc, "s", "status = 'SUBMITTED', tx_hash = 'tx'");
			change(jdbc, "s", "status = 'CONFIRMED', ledger = 7, updated_at = 5000");
			change(jdbc, "s", "status = 'CONFIRMED', ledger = 7");
			change(jdbc, "s", "status = 'FAILED'");
			StoredRow.settlement("released", "RESERVED").insert(jdbc);
			change(jdbc, "released", "status = 'RELEASED'");
			StoredRow.settlement("failed", "RESERVED").insert(jdbc);
			change(jdbc, "failed", "status = 'SUBMITTED', tx_hash = 'tx'");
			change(jdbc, "failed", "status = 'DEAD'");
			StoredRow.commitment("c").with("status", "HELD").with("held_until", 9).insert(jdbc);
			change(jdbc, "c", "status = 'COMMITTED', held_until = null, amount = 4");
			change(jdbc, "c", "status = 'SUBMITTED', tx_hash = 'tx'");
			change(jdbc, "c", "status = 'COMMITTED', tx_hash = null, given_back_by = 'tx'");
			change(jdbc, "c", "status = 'DEFAULTED', defaulted = true");
			change(jdbc, "c", "status = 'SUBMITTED', tx_hash = 'tx'");
			change(jdbc, "c", "status = 'DEFAULTED', tx_hash = null");
			change(jdbc, "c", "status = 'WRITTEN_OFF'");
			StoredRow.commitment("taken-back").insert(jdbc);
			jdbc.sql("delete from settlement where id = 'taken-back'").update();
			StoredRow.commitment("d").insert(jdbc);
			change(jdbc, "d", "status = 'SUBMITTED', tx_hash = 'tx'");
			change(jdbc, "d", "status = 'CONFIRMED', ledger = 8");
			change(jdbc, "d", "status = 'COMMITTED', tx_hash = null, ledger = null");
			jdbc.sql("update payment_session set spent = 5, updated_at = 1").update();
			jdbc.sql("update payment_session set superseded = true, end_reason = 'closed'").update();
			List<ClaimedEvent> told = tellAll(outbox, SHOP);
			assertThat(told).extracting((event) -> event.event().type())
				.containsExactly(EventType.SESSION_OPENED, EventType.PAYMENT_SETTLED, EventType.PAYMENT_REVERSED,
						EventType.PAYMENT_FAILED, EventType.PAYMENT_COMMITTED, EventType.PAYMENT_DEFAULTED,
						EventType.PAYMENT_WRITTEN_OFF, EventType.PAYMENT_COMMITTED, EventType.PAYMENT_SETTLED,
						EventType.PAYMENT_REVERSED, EventType.SESSION_ENDED);
			assertThat(told).extracting((event) -> event.event().id()).doesNotHaveDuplicates();
			assertThat(told).extracting((event) -> event.event().number()).isSorted();
			FacilitatorEvent settled = told.get(1).event();
			assertThat(settled.timestamp()).isEqualTo(Instant.ofEpochMilli(5_000));
			assertThat(settled.data().recipient()).isEqualTo("r");
			assertThat(settled.data().settlement()).isNotNull().satisfies((entry) -> {
				assertThat(entry.id()).isEqualTo("s");
				assertThat(entry.status()).as("as it was then").isEqualTo("confirmed");
				assertThat(entry.amount()).isEqualTo("10");
				assertThat(entry.transaction()).isEqualTo("tx");
				assertThat(entry.ledger()).isEqualTo(7);
				assertThat(entry.handle()).isEqualTo("0123456789abcdef");
				assertThat(entry.deferred()).isFalse();
			});
			assertThat(told.get(4).event().data().settlement()).isNotNull()
				.satisfies((entry) -> assertThat(entry.amount()).isEqualTo("4"));
			assertThat(told.get(10).event().data().session()).isNotNull().satisfies((session) -> {
				assertThat(session.status()).isEqualTo("closed");
				assertThat(session.handle()).isEqualTo("0123456789abcdef");
				assertThat(session.expirationLedger()).isEqualTo(900);
				assertThat(session.cap()).isEqualTo("1000");
			});
			assertThat(told.toString()).doesNotContain("SECRET");
			assertThat(outbox.claim("other", LEASE)).as("not its recipient").isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void nothingIsWrittenWhereNobodyListensOrNothingHappens(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			JdbcClient jdbc = database.jdbc();
			StoredRow.session("k").insert(jdbc);
			StoredRow.commitment("c").insert(jdbc);
			EventOutbox outbox = database.store().events();
			outbox.subscribe(SHOP, EnumSet.allOf(EventType.class), Set.of("r"));
			database.transactions().executeWithoutResult((status) -> {
				StoredRow.commitment("undone").insert(jdbc);
				assertThat(count(jdbc)).isOne();
				status.setRollbackOnly();
			});
			outbox.end(SHOP);
			outbox.keepSubscribed(SHOP, EnumSet.allOf(EventType.class), Set.of("r"));
			StoredRow.commitment("d").insert(jdbc);
			jdbc.sql("update payment_session set superseded = true").update();
			assertThat(count(jdbc)).isZero();
			outbox.subscribe(SHOP, Set.of(EventType.PAYMENT_COMMITTED), Set.of("r", "another"));
			outbox.subscribe(SHOP, Set.of(EventType.PAYMENT_COMMITTED), Set.of());
			StoredRow.commitment("e").insert(jdbc);
			assertThat(count(jdbc)).as("once, however it is named").isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatNoNodeNamesAnyMoreIsNotWrittenAnHourLater(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T12:00:00Z"));
			EventOutbox outbox = subscribed(database, clock);
			outbox.subscribe("idle", Set.of(EventType.PAYMENT_COMMITTED), Set.of());
			outbox.subscribe(SHOP, Set.of(EventType.PAYMENT_SETTLED), Set.of());
			for (int i = 0; i < 5; i++) {
				clock.advance(Duration.ofMinutes(15));
				outbox.keepSubscribed(SHOP, Set.of(EventType.PAYMENT_SETTLED), Set.of());
				if (i < 4) {
					outbox.keepSubscribed(SHOP, Set.of(EventType.PAYMENT_COMMITTED), Set.of());
				}
				forget(outbox);
			}
			commit(database, "a", 1);
			assertThat(told(database, SHOP)).as("a node named it fifteen minutes ago").isOne();
			for (int i = 0; i < 4; i++) {
				clock.advance(Duration.ofMinutes(15));
				outbox.keepSubscribed(SHOP, Set.of(EventType.PAYMENT_SETTLED), Set.of());
			}
			forget(outbox);
			commit(database, "a", 2);
			assertThat(told(database, SHOP)).isOne();
			assertThat(told(database, "idle")).as("whose nodes are all down").isEqualTo(2);
			clock.advance(Duration.ofDays(31));
			outbox.subscribe("idle", Set.of(EventType.PAYMENT_COMMITTED), Set.of());
			forget(outbox);
			commit(database, "a", 3);
			assertThat(told(database, "idle")).as("that a node takes up").isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void sessionThatFailsHoldsUpNoOther(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T12:00:00Z"));
			EventOutbox outbox = subscribed(database, clock);
			commit(database, "a", 1, 2);
			for (int i = 0; i < 20; i++) {
				outbox.failed(outbox.claim(SHOP, LEASE).orElseThrow(), Duration.ofSeconds(10), Duration.ofHours(1));
				assertThat(outbox.claim(SHOP, LEASE)).isEmpty();
				clock.advance(Duration.ofSeconds(11));
			}
			outbox.failed(outbox.claim(SHOP, LEASE).orElseThrow(), Duration.ofSeconds(10), Duration.ofHours(1));
			commit(database, "b", 1);
			ClaimedEvent other = outbox.claim(SHOP, LEASE).orElseThrow();
			assertThat(id(other)).isEqualTo("b1");
			assertThat(outbox.toldAndNext(other, LEASE)).isEmpty();
			commit(database, "b", 2, 3);
			ClaimedEvent second = outbox.claim(SHOP, LEASE).orElseThrow();
			assertThat(outbox.toldAndNext(second, LEASE)).map(EventOutboxTests::id).contains("b3");
			clock.advance(LEASE.plusSeconds(1));
			assertThat(claim(outbox, 10)).extracting(EventOutboxTests::id).containsExactlyInAnyOrder("a1", "b3");
			assertThat(outbox.toldAndNext(second, LEASE)).as("somebody else has it").isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void eventOfANewerVersionWaitsForItAndOthersDoNot(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T12:00:00Z"));
			EventOutbox outbox = subscribed(database, clock);
			commit(database, "a", 1, 2);
			commit(database, "b", 1);
			database.jdbc().sql("update event_outbox set type = 'payment.blessed' where settlement_id = 'a1'").update();
			assertThat(claim(outbox, 10)).extracting(EventOutboxTests::id).containsExactly("b1");
			database.jdbc().sql("update event_outbox set type = 'payment.committed'").update();
			clock.advance(Duration.ofSeconds(16));
			ClaimedEvent first = outbox.claim(SHOP, LEASE).orElseThrow();
			assertThat(id(first)).isEqualTo("a1");
			database.jdbc().sql("update event_outbox set type = 'payment.blessed' where settlement_id = 'a2'").update();
			assertThat(outbox.toldAndNext(first, LEASE)).isEmpty();
			assertThat(outbox.claim(SHOP, LEASE)).isEmpty();
		}
	}

	/** However much waits, of one session or of none that is left. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsManyRowsIsChangedInLots(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			EventOutbox outbox = subscribed(database, Clock.systemUTC());
			commit(database, "a", 1);
			database.jdbc().sql("""
					insert into event_outbox (id, receiver, type, subject, settlement_id, session_id, payer, recipient,
					asset, amount, status, created_at, since)
					with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
					select 'n' || i, 'shop', 'payment.committed', 'a', 'a1', 'a', 'p', 'r', 'x', 1, 'COMMITTED', 1, 1
					from n""").update();
			assertThat(outbox.claim(SHOP, LEASE)).isPresent();
			assertThat(outbox.end(SHOP)).isEqualTo(2_501);
			assertThat(count(database.jdbc(), "WAITING")).isZero();
			assertThat(outbox.resume(SHOP)).isEqualTo(2_501);
			assertThat(outbox.giveUp(SHOP, Duration.ofHours(1))).as("they wait anew").isZero();
			assertThat(outbox.backlogs()).extracting(EventBacklog::waiting).containsExactly(2_501L);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void eventIsTheSameHoweverOftenItIsRead(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			EventOutbox outbox = database.store().events();
			outbox.subscribe(SHOP, Set.of(EventType.PAYMENT_COMMITTED, EventType.SESSION_OPENED), Set.of());
			StoredRow.session("k").with("token_hash", "0123456789abcdefSECRET").insert(database.jdbc());
			StoredRow.commitment("c").insert(database.jdbc());
			ClaimedEvent opened = outbox.claim(SHOP, LEASE).orElseThrow();
			outbox.failed(opened, Duration.ofMillis(-1), Duration.ZERO);
			database.jdbc()
				.sql("update payment_session set expiration_ledger = 901, token_hash = 'fedcba9876543210'")
				.update();
			ClaimedEvent again = outbox.claim(SHOP, LEASE).orElseThrow();
			assertThat(again.event()).isEqualTo(opened.event());
			assertThat(outbox.toldAndNext(again, LEASE).orElseThrow().event().data().settlement()).isNotNull()
				.satisfies((entry) -> assertThat(entry.handle()).isEqualTo("0123456789abcdef"));
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void eachSessionIsToldInItsOrderByOneAtATime(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T12:00:00Z"));
			EventOutbox one = subscribed(database, clock);
			EventOutbox other = database.store(clock).events();
			commit(database, "a", 1, 2, 3);
			commit(database, "b", 1);
			List<ClaimedEvent> first = claim(one, 10);
			assertThat(first).extracting(EventOutboxTests::id).containsExactly("a1", "b1");
			assertThat(other.claim(SHOP, LEASE)).as("another node").isEmpty();
			one.told(first.get(0));
			List<ClaimedEvent> second = claim(other, 10);
			assertThat(second).extracting(EventOutboxTests::id).containsExactly("a2");
			other.failed(second.get(0), Duration.ofSeconds(10), Duration.ofSeconds(1));
			assertThat(one.claim(SHOP, LEASE)).as("waits for its turn").isEmpty();
			clock.advance(Duration.ofSeconds(11));
			List<ClaimedEvent> again = claim(one, 10);
			assertThat(again).extracting(EventOutboxTests::id).containsExactly("a2");
			assertThat(again.get(0).event()).as("the same event").isEqualTo(second.get(0).event());
			assertThat(again.get(0).attempts()).isOne();
			clock.advance(LEASE.plusSeconds(1));
			assertThat(claim(other, 10)).as("what a node that ended had taken")
				.extracting(EventOutboxTests::id)
				.containsExactlyInAnyOrder("a2", "b1");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void receiverThatIsDeadIsTriedWithOneEventByOneNode(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T12:00:00Z"));
			EventOutbox outbox = subscribed(database, clock);
			for (int i = 0; i < 8; i++) {
				commit(database, "s" + i, 1);
			}
			List<ClaimedEvent> failing = claim(outbox, 5);
			for (ClaimedEvent event : failing) {
				outbox.failed(event, Duration.ofMinutes(10), Duration.ofMinutes(2));
			}
			assertThat(claim(outbox, 8)).isEmpty();
			clock.advance(Duration.ofSeconds(121));
			List<ClaimedEvent> probe = claim(outbox, 8);
			assertThat(probe).hasSize(1)
				.extracting(EventOutboxTests::id)
				.doesNotContainAnyElementsOf(failing.stream().map(EventOutboxTests::id).toList());
			assertThat(probe.get(0).failures()).isEqualTo(5);
			assertThat(database.store(clock).events().claim(SHOP, LEASE)).isEmpty();
			outbox.told(probe.get(0));
			assertThat(claim(outbox, 8)).hasSize(2);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsGivenUpCanBeSentAgainAndIsForgottenInTime(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T12:00:00Z"));
			EventOutbox outbox = subscribed(database, clock);
			commit(database, "a", clock, 1);
			clock.advance(Duration.ofHours(2));
			commit(database, "a", clock, 2);
			assertThat(outbox.backlogs()).containsExactly(new EventBacklog(SHOP, 2, Duration.ofHours(2), 0));
			assertThat(outbox.giveUp(SHOP, Duration.ofHours(1))).isOne();
			assertThat(outbox.backlogs()).containsExactly(new EventBacklog(SHOP, 1, Duration.ZERO, 1));
			List<ClaimedEvent> next = claim(outbox, 10);
			assertThat(next).extracting(EventOutboxTests::id).containsExactly("a2");
			outbox.told(next.get(0));
			assertThat(outbox.resume(SHOP)).isOne();
			assertThat(outbox.giveUp(SHOP, Duration.ofHours(1))).as("it waits anew").isZero();
			assertThat(claim(outbox, 10)).extracting(EventOutboxTests::id).containsExactly("a1");
			assertThat(outbox.end(SHOP)).isOne();
			commit(database, "a", clock, 3);
			clock.advance(Duration.ofHours(25));
			assertThat(outbox.forget(Duration.ofDays(1), Duration.ofDays(30))).isFalse();
			assertThat(outbox.backlogs()).as("what was told is gone")
				.containsExactly(new EventBacklog(SHOP, 0, Duration.ZERO, 1));
			assertThat(count(database.jdbc())).isOne();
			clock.advance(Duration.ofDays(31));
			outbox.forget(Duration.ofDays(1), Duration.ofDays(30));
			assertThat(outbox.backlogs()).as("nobody serves it").isEmpty();
			assertThat(count(database.jdbc())).isZero();
		}
	}

	/** SQLite has one writer at a time. */
	@Test
	void eventThatWasBegunBeforeAndShowsUpLaterIsNotToldBesideTheNext() {
		try (TestDatabase database = TestDatabase.postgres()) {
			EventOutbox outbox = subscribed(database, Clock.systemUTC());
			StoredRow.session("a").insert(database.jdbc());
			List<ClaimedEvent> taken = new ArrayList<>();
			database.transactions().executeWithoutResult((status) -> {
				row("a", 1).insert(database.jdbc());
				Thread other = new Thread(() -> {
					row("a", 2).insert(database.jdbc());
					taken.addAll(claim(outbox, 10));
				});
				other.start();
				join(other);
			});
			assertThat(taken).extracting(EventOutboxTests::id).containsExactly("a2");
			assertThat(claim(outbox, 10)).isEmpty();
			outbox.told(taken.get(0));
			assertThat(claim(outbox, 10)).extracting(EventOutboxTests::id).containsExactly("a1");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void manyWhoTakeAtOnceNeverTellTheSameSessionBesideEachOther(Dialect dialect) throws Exception {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			subscribed(database, Clock.systemUTC());
			for (String session : List.of("a", "b", "c")) {
				commit(database, session, 1, 2, 3, 4, 5, 6, 7, 8);
			}
			Set<String> busy = ConcurrentHashMap.newKeySet();
			List<String> told = new ArrayList<>();
			ExecutorService nodes = Executors.newFixedThreadPool(4);
			try {
				Callable<Boolean> node = () -> {
					EventOutbox outbox = database.store().events();
					while (count(database.jdbc(), "WAITING") > 0) {
						Optional<ClaimedEvent> next = outbox.claim(SHOP, LEASE);
						while (next.isPresent()) {
							ClaimedEvent event = next.get();
							String session = id(event).substring(0, 1);
							assertThat(busy.add(session)).as(session).isTrue();
							synchronized (told) {
								told.add(id(event));
							}
							busy.remove(session);
							next = outbox.toldAndNext(event, LEASE);
						}
					}
					return true;
				};
				for (Future<Boolean> one : nodes.invokeAll(List.of(node, node, node, node))) {
					assertThat(one.get()).isTrue();
				}
			}
			finally {
				nodes.shutdownNow();
			}
			assertThat(told).hasSize(24).doesNotHaveDuplicates();
			for (String session : List.of("a", "b", "c")) {
				assertThat(told).filteredOn((id) -> id.startsWith(session))
					.isEqualTo(new ArrayList<>(
							new TreeSet<>(told.stream().filter((id) -> id.startsWith(session)).toList())));
			}
		}
	}

	private static EventOutbox subscribed(TestDatabase database, Clock clock) {
		EventOutbox outbox = database.store(clock).events();
		outbox.subscribe(SHOP, Set.of(EventType.PAYMENT_COMMITTED), Set.of());
		return outbox;
	}

	private static List<ClaimedEvent> claim(EventOutbox outbox, int most) {
		List<ClaimedEvent> claimed = new ArrayList<>();
		while (claimed.size() < most && outbox.claim(SHOP, LEASE).map(claimed::add).isPresent()) {
			continue;
		}
		return claimed;
	}

	private static void forget(EventOutbox outbox) {
		outbox.forget(Duration.ofDays(1), Duration.ofDays(30));
	}

	private static int told(TestDatabase database, String receiver) {
		return database.jdbc()
			.sql("select count(*) from event_outbox where receiver = :receiver")
			.param("receiver", receiver)
			.query(Integer.class)
			.single();
	}

	private static List<ClaimedEvent> tellAll(EventOutbox outbox, String receiver) {
		List<ClaimedEvent> told = new ArrayList<>();
		Optional<ClaimedEvent> next = outbox.claim(receiver, LEASE);
		while (next.isPresent()) {
			told.add(next.get());
			outbox.told(next.get());
			next = outbox.claim(receiver, LEASE);
		}
		return told;
	}

	private static void commit(TestDatabase database, String session, int... numbers) {
		commit(database, session, Clock.systemUTC(), numbers);
	}

	private static void commit(TestDatabase database, String session, Clock clock, int... numbers) {
		if (numbers[0] == 1) {
			StoredRow.session(session).insert(database.jdbc());
		}
		for (int number : numbers) {
			row(session, number).with("updated_at", clock.millis()).insert(database.jdbc());
		}
	}

	private static StoredRow row(String session, int number) {
		return StoredRow.commitment(session + number).with("session_id", session);
	}

	private static String id(ClaimedEvent event) {
		return event.event().data().settlement().id();
	}

	private static void change(JdbcClient jdbc, String id, String change) {
		jdbc.sql("update settlement set " + change + " where id = :id").param("id", id).update();
	}

	private static int count(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from event_outbox").query(Integer.class).single();
	}

	private static int count(JdbcClient jdbc, String state) {
		return jdbc.sql("select count(*) from event_outbox where state = :state")
			.param("state", state)
			.query(Integer.class)
			.single();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
