package io.github.x402sessions.facilitator.store.jdbc.event;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.delivery.ClaimedEvent;
import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The outbox in the database, whose triggers write it. Who takes a subject of a receiver
 * holds the receiver's row meanwhile: no two nodes have the same one, not even where an
 * event that was begun before shows up after. What may be many rows is changed in lots,
 * between which payments go on. Thread-safe.
 */
final class JdbcEventOutbox implements EventOutbox {

	private final JdbcClient jdbc;

	private final UnitOfWork unitOfWork;

	private final Clock clock;

	private final String network;

	private final EventQueue queue;

	private final EventSubscriptions subscriptions;

	/**
	 * Create it.
	 * @param jdbc the database
	 * @param unitOfWork runs steps that belong together
	 * @param clock the time that is written to rows
	 * @param network the network as a CAIP-2 id
	 */
	JdbcEventOutbox(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock, String network) {
		this.jdbc = jdbc;
		this.unitOfWork = unitOfWork;
		this.clock = clock;
		this.network = network;
		this.queue = new EventQueue(jdbc, clock, network);
		this.subscriptions = new EventSubscriptions(jdbc, unitOfWork, clock);
	}

	@Override
	public void subscribe(String receiver, Set<EventType> types, Set<String> recipients) {
		this.subscriptions.add(receiver, types, recipients);
	}

	@Override
	public void keepSubscribed(String receiver, Set<EventType> types, Set<String> recipients) {
		this.subscriptions.keep(receiver, types, recipients);
	}

	@Override
	public Optional<ClaimedEvent> claim(String receiver, Duration lease) {
		if (!this.queue.isAnythingDue(receiver)) {
			return Optional.empty();
		}
		String id = UUID.randomUUID().toString();
		return this.unitOfWork.run(() -> hold(receiver, lease).flatMap((failures) -> {
			this.queue.sort(receiver);
			return this.queue.take(receiver, new EventRow(this.network, failures, id), lease);
		}));
	}

	/**
	 * A receiver that seems dead is tried by one node at a time.
	 * @return how often it has failed, or empty if it is not its time yet
	 */
	private Optional<Integer> hold(String receiver, Duration lease) {
		return of(receiver, """
				update event_receiver set seen_at = :now,
				retry_at = case when failures >= :dead then :until else retry_at end
				where name = :receiver and retry_at <= :now returning failures""")
			.param("dead", FAILURES_OF_A_DEAD_RECEIVER)
			.param("until", after(lease))
			.query(Integer.class)
			.optional();
	}

	@Override
	public void told(ClaimedEvent event) {
		this.unitOfWork.perform(() -> {
			writeDown(event);
			this.queue.release(event, Duration.ZERO);
		});
	}

	@Override
	public Optional<ClaimedEvent> toldAndNext(ClaimedEvent event, Duration lease) {
		return this.unitOfWork.run(() -> {
			writeDown(event);
			return this.queue.next(event, lease);
		});
	}

	/** It was told, whatever has become of it meanwhile. */
	private void writeDown(ClaimedEvent event) {
		of(event.receiver(), """
				update event_receiver set failures = 0, retry_at = 0, seen_at = :now
				where name = :receiver and failures > 0""").update();
		of(event.receiver(), """
				update event_outbox set state = 'TOLD', attempts = attempts + 1, ended_at = :now
				where number = :number and receiver = :receiver and state <> 'TOLD'""")
			.param("number", event.event().number())
			.update();
	}

	/** One event that fails again and again says nothing of the receiver. */
	@Override
	public void failed(ClaimedEvent event, Duration pause, Duration pauseOfReceiver) {
		this.unitOfWork.perform(() -> {
			of(event.receiver(), """
					update event_receiver set failures = failures + 1, seen_at = :now,
					retry_at = case when failures + 1 >= :dead then :due else retry_at end
					where name = :receiver and (:attempts = 0 or failures >= :dead)""")
				.param("dead", FAILURES_OF_A_DEAD_RECEIVER)
				.param("due", after(pauseOfReceiver))
				.param("attempts", event.attempts())
				.update();
			of(event.receiver(), """
					update event_outbox set attempts = attempts + 1
					where number = :number and receiver = :receiver and state = 'WAITING'""")
				.param("number", event.event().number())
				.update();
			this.queue.release(event, pause);
		});
	}

	@Override
	public int end(String receiver) {
		this.subscriptions.end(receiver);
		return giveUp(receiver, Long.MAX_VALUE);
	}

	@Override
	public int giveUp(String receiver, Duration longest) {
		return giveUp(receiver, this.clock.millis() - longest.toMillis());
	}

	private int giveUp(String receiver, long before) {
		return inLots(() -> of(receiver, """
				update event_outbox set state = 'GIVEN_UP', ended_at = :now where number in (
				select number from event_outbox where receiver = :receiver and state = 'WAITING' and since < :before
				order by since limit :count)""").param("before", before).param("count", CHANGED_AT_ONCE).update());
	}

	@Override
	public int resume(String receiver) {
		of(receiver, "update event_receiver set failures = 0, retry_at = 0, seen_at = :now where name = :receiver")
			.update();
		return inLots(() -> of(receiver, """
				update event_outbox set state = 'WAITING', queued = false, since = :now, attempts = 0, ended_at = null
				where number in (select number from event_outbox
				where receiver = :receiver and state = 'GIVEN_UP' order by number limit :count)""")
			.param("count", CHANGED_AT_ONCE)
			.update());
	}

	private int inLots(IntSupplier lot) {
		int all = 0;
		int some;
		do {
			some = this.unitOfWork.run(lot::getAsInt);
			all += some;
		}
		while (some == CHANGED_AT_ONCE && !Thread.currentThread().isInterrupted());
		return all;
	}

	@Override
	public boolean forget(Duration told, Duration givenUp) {
		long now = this.clock.millis();
		this.subscriptions.removeUnnamed();
		long unserved = now - givenUp.toMillis();
		this.jdbc.sql("select name from event_receiver where seen_at < :before")
			.param("before", unserved)
			.query(String.class)
			.list()
			.forEach((receiver) -> this.subscriptions.removeUnserved(receiver, unserved));
		return Math.max(forget("TOLD", now - told.toMillis()), forget("GIVEN_UP", unserved)) == CHANGED_AT_ONCE;
	}

	private int forget(String state, long before) {
		return this.jdbc.sql("""
				delete from event_outbox where number in (select number from event_outbox
				where state = :state and ended_at < :before order by ended_at limit :count)""")
			.param("state", state)
			.param("before", before)
			.param("count", CHANGED_AT_ONCE)
			.update();
	}

	@Override
	public List<EventBacklog> backlogs() {
		long now = this.clock.millis();
		return this.jdbc.sql("""
				select r.name,
				(select count(*) from (select 1 from event_outbox e where e.receiver = r.name and e.state = 'WAITING'
				limit :most) w) as waiting,
				(select min(e.since) from event_outbox e where e.receiver = r.name and e.state = 'WAITING') as oldest,
				(select count(*) from (select 1 from event_outbox e where e.receiver = r.name
				and e.state = 'GIVEN_UP' limit :most) g) as given_up
				from event_receiver r order by r.name""")
			.param("most", EventBacklog.MOST)
			.query((row, number) -> new EventBacklog(row.getString("name"), row.getLong("waiting"),
					(row.getObject("oldest") instanceof Number oldest)
							? Duration.ofMillis(Math.max(0, now - oldest.longValue())) : Duration.ZERO,
					row.getLong("given_up")))
			.list();
	}

	private StatementSpec of(String receiver, String sql) {
		return this.jdbc.sql(sql).param("receiver", receiver).param("now", this.clock.millis());
	}

	private long after(Duration pause) {
		return this.clock.millis() + pause.toMillis();
	}

}
