package io.github.x402sessions.facilitator.store.jdbc.event;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.delivery.ClaimedEvent;
import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The outbox in the database, whose triggers write it. Who takes events of a receiver
 * holds the receiver's row meanwhile: two nodes never take events of the same subject,
 * not even where one that was begun before shows up after. Thread-safe.
 *
 * @param jdbc the database
 * @param unitOfWork runs steps that belong together
 * @param clock the time that is written to rows
 * @param network the network as a CAIP-2 id
 */
record JdbcEventOutbox(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock, String network) implements EventOutbox {

	/** Stands for all recipients. */
	private static final String ALL = "";

	@Override
	public void subscribe(String receiver, Set<EventType> types, Set<String> recipients) {
		List<Object[]> rows = types.stream()
			.flatMap((type) -> (recipients.isEmpty() ? Set.of(ALL) : recipients).stream()
				.map((recipient) -> new Object[] { type.wireName(), recipient, receiver }))
			.toList();
		this.unitOfWork.perform(() -> {
			of(receiver, """
					insert into event_receiver (name, seen_at) values (:receiver, :now)
					on conflict (name) do update set failures = 0, retry_at = 0, seen_at = excluded.seen_at""")
				.update();
			of(receiver, """
					delete from event_subscription where receiver = :receiver and (type, recipient, receiver) not in
					(values :rows)""").param("rows", rows).update();
			this.jdbc
				.sql("insert into event_subscription (type, recipient, receiver) values :rows on conflict do nothing")
				.param("rows", rows)
				.update();
		});
	}

	@Override
	public List<ClaimedEvent> claim(String receiver, int count, Duration lease) {
		if (!isAnythingDue(receiver)) {
			return List.of();
		}
		String id = UUID.randomUUID().toString();
		return this.unitOfWork.run(() -> take(receiver, lease).map((failures) -> {
			boolean dead = failures >= FAILURES_OF_A_DEAD_RECEIVER;
			of(receiver, """
					update event_outbox set lease = :lease, leased_until = :until where number in (
					select e.number from event_outbox e where e.receiver = :receiver and e.state = 'WAITING'
					and e.due_at <= :now and e.leased_until < :now
					and not exists (select 1 from event_outbox o where o.receiver = e.receiver
					and o.subject = e.subject and o.state = 'WAITING' and o.number < e.number)
					and not exists (select 1 from event_outbox o where o.receiver = e.receiver
					and o.subject = e.subject and o.state = 'WAITING' and o.leased_until > 0 and o.leased_until >= :now)
					order by e.due_at, e.number limit :count)""").param("lease", id)
				.param("until", after(lease))
				.param("count", dead ? 1 : count)
				.update();
			return this.jdbc.sql(EventRow.QUERY)
				.param("lease", id)
				.query(new EventRow(this.network, failures)::read)
				.list();
		}).orElse(List.of()));
	}

	/** Asked every second, of every node, so that nothing is written for it. */
	private boolean isAnythingDue(String receiver) {
		return of(receiver, """
				select count(*) from event_receiver where name = :receiver and retry_at <= :now and exists (
				select 1 from event_outbox e where e.receiver = :receiver and e.state = 'WAITING'
				and e.due_at <= :now and e.leased_until < :now)""").query(Integer.class).single() > 0;
	}

	/**
	 * A receiver that seems dead is tried by one node at a time.
	 * @return how often it has failed, or empty if it is not its time yet
	 */
	private Optional<Integer> take(String receiver, Duration lease) {
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
			of(event.receiver(), """
					update event_outbox set state = 'TOLD', attempts = attempts + 1, lease = null, leased_until = 0,
					ended_at = :now where number = :number and receiver = :receiver and state = 'WAITING'""")
				.param("number", event.event().number())
				.update();
			if (event.attempts() > 0) {
				postpone(event, 0);
			}
			of(event.receiver(), """
					update event_receiver set failures = 0, retry_at = 0, seen_at = :now
					where name = :receiver and failures > 0""").update();
		});
	}

	@Override
	public void failed(ClaimedEvent event, Duration pause, Duration pauseOfReceiver) {
		this.unitOfWork.perform(() -> {
			of(event.receiver(), """
					update event_outbox set attempts = attempts + 1, lease = null, leased_until = 0
					where number = :number and receiver = :receiver and lease = :lease""")
				.param("number", event.event().number())
				.param("lease", event.lease())
				.update();
			postpone(event, after(pause));
			of(event.receiver(), """
					update event_receiver set failures = failures + 1, seen_at = :now,
					retry_at = case when failures + 1 >= :dead then :due else retry_at end where name = :receiver""")
				.param("dead", FAILURES_OF_A_DEAD_RECEIVER)
				.param("due", after(pauseOfReceiver))
				.update();
		});
	}

	/**
	 * Whatever waits for the same event is not looked at before it either, however much
	 * that is.
	 */
	private void postpone(ClaimedEvent event, long due) {
		of(event.receiver(),
				"""
						update event_outbox set due_at = :due where receiver = :receiver and state = 'WAITING' and due_at <> :due
						and subject = (select e.subject from event_outbox e where e.number = :number)""")
			.param("due", due)
			.param("number", event.event().number())
			.update();
	}

	@Override
	public int end(String receiver) {
		return this.unitOfWork.run(() -> {
			of(receiver, "delete from event_subscription where receiver = :receiver").update();
			return of(receiver, """
					update event_outbox set state = 'GIVEN_UP', ended_at = :now, lease = null, leased_until = 0
					where receiver = :receiver and state = 'WAITING'""").update();
		});
	}

	@Override
	public int giveUp(String receiver, Duration longest) {
		return of(receiver, """
				update event_outbox set state = 'GIVEN_UP', ended_at = :now, lease = null
				where receiver = :receiver and state = 'WAITING' and since < :before and leased_until < :now""")
			.param("before", this.clock.millis() - longest.toMillis())
			.update();
	}

	@Override
	public int resume(String receiver) {
		return this.unitOfWork.run(() -> {
			of(receiver, "update event_receiver set failures = 0, retry_at = 0, seen_at = :now where name = :receiver")
				.update();
			return of(receiver, """
					update event_outbox set state = 'WAITING', since = :now, attempts = 0, due_at = 0, ended_at = null
					where receiver = :receiver and state = 'GIVEN_UP'""").update();
		});
	}

	@Override
	public boolean forget(Collection<String> alive, Duration told, Duration givenUp) {
		long now = this.clock.millis();
		alive.forEach(
				(receiver) -> of(receiver, "update event_receiver set seen_at = :now where name = :receiver").update());
		endUnserved(now - givenUp.toMillis());
		return Math.max(forget("TOLD", now - told.toMillis()),
				forget("GIVEN_UP", now - givenUp.toMillis())) == FORGOTTEN_AT_ONCE;
	}

	/** Whoever took a webhook out of its configuration wants nothing written for it. */
	private void endUnserved(long before) {
		this.jdbc.sql("select name from event_receiver where seen_at < :before")
			.param("before", before)
			.query(String.class)
			.list()
			.forEach((receiver) -> this.unitOfWork.perform(() -> {
				end(receiver);
				of(receiver, "delete from event_receiver where name = :receiver and seen_at < :before")
					.param("before", before)
					.update();
			}));
	}

	private int forget(String state, long before) {
		return this.jdbc.sql("""
				delete from event_outbox where number in (select number from event_outbox
				where state = :state and ended_at < :before order by ended_at limit :count)""")
			.param("state", state)
			.param("before", before)
			.param("count", FORGOTTEN_AT_ONCE)
			.update();
	}

	@Override
	public List<EventBacklog> backlogs() {
		long now = this.clock.millis();
		return this.jdbc.sql("""
				select r.name,
				(select count(*) from event_outbox e where e.receiver = r.name and e.state = 'WAITING') as waiting,
				(select min(e.since) from event_outbox e where e.receiver = r.name and e.state = 'WAITING') as oldest,
				(select count(*) from event_outbox e where e.receiver = r.name and e.state = 'GIVEN_UP') as given_up
				from event_receiver r order by r.name""")
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
