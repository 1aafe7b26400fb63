package io.github.x402sessions.facilitator.store.jdbc.event;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.event.delivery.ClaimedEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The subjects of which events wait, by when they are due. What is taken costs the same
 * however much waits. New events are sorted into the queue by whoever takes some, who
 * holds the receiver's row, and not by whoever writes them: payments wait for nothing
 * here. Thread-safe.
 *
 * @param jdbc the database
 * @param clock the time that is written to rows
 * @param network the network as a CAIP-2 id
 */
record EventQueue(JdbcClient jdbc, Clock clock, String network) {

	private static final int SORTED_AT_ONCE = 500;

	/** So many subjects of which nothing is left are passed by in a step. */
	private static final int PASSED_AT_ONCE = 200;

	/** How long another node has for what this one cannot read. */
	private static final Duration UNREADABLE = Duration.ofSeconds(15);

	/** Asked every second, of every node, so that nothing is written for it. */
	boolean isAnythingDue(String receiver) {
		return of(receiver, """
				select count(*) from event_receiver where name = :receiver and retry_at <= :now and (
				exists (select 1 from event_subject where receiver = :receiver and due_at <= :now)
				or exists (select 1 from event_outbox where receiver = :receiver and state = 'WAITING'
				and not queued))""").query(Integer.class).single() > 0;
	}

	/**
	 * Sort events by their subjects. One that is in the queue stays where it is; what is
	 * committed later under a smaller number is sorted later.
	 */
	void sort(String receiver) {
		List<String> subjects = of(receiver, """
				update event_outbox set queued = true where number in (select number from event_outbox
				where receiver = :receiver and state = 'WAITING' and not queued order by number limit :count)
				returning subject""").param("count", SORTED_AT_ONCE)
			.query((row, number) -> row.getString("subject"))
			.list();
		subjects.stream().distinct().forEach((subject) -> of(receiver, """
				insert into event_subject (receiver, subject, due_at) values (:receiver, :subject, :now)
				on conflict (receiver, subject) do nothing""").param("subject", subject).update());
	}

	/** Lease the subject that is due first, and return its event. */
	Optional<ClaimedEvent> take(String receiver, EventRow reader, Duration lease) {
		for (int i = 0; i < PASSED_AT_ONCE; i++) {
			Optional<String> subject = of(receiver, """
					update event_subject set lease = :lease, due_at = :until
					where receiver = :receiver and due_at <= :now and subject = (select subject from event_subject
					where receiver = :receiver and due_at <= :now order by due_at limit 1)
					returning subject""").param("lease", reader.lease())
				.param("until", after(lease))
				.query(String.class)
				.optional();
			if (subject.isEmpty()) {
				return Optional.empty();
			}
			List<Optional<ClaimedEvent>> first = first(receiver, subject.get(), reader);
			if (first.isEmpty()) {
				of(receiver, "delete from event_subject where receiver = :receiver and subject = :subject")
					.param("subject", subject.get())
					.update();
			}
			else if (first.get(0).isPresent()) {
				return first.get(0);
			}
			else {
				release(receiver, reader.lease(), subject.get(), UNREADABLE);
			}
		}
		return Optional.empty();
	}

	/** Keep the subject of an event that was told, and return the next of it. */
	Optional<ClaimedEvent> next(ClaimedEvent told, Duration lease) {
		Optional<String> subject = subject(told);
		if (subject.isEmpty() || of(told.receiver(), """
				update event_subject set due_at = :until
				where receiver = :receiver and subject = :subject and lease = :lease""").param("subject", subject.get())
			.param("lease", told.lease())
			.param("until", after(lease))
			.update() == 0) {
			return Optional.empty();
		}
		List<Optional<ClaimedEvent>> next = first(told.receiver(), subject.get(),
				new EventRow(this.network, 0, told.lease()));
		if (next.isEmpty() || next.get(0).isEmpty()) {
			release(told.receiver(), told.lease(), subject.get(), Duration.ZERO);
			return Optional.empty();
		}
		return next.get(0);
	}

	/**
	 * Give the subject of an event back. It stays in the queue, where nobody else removes
	 * it: whether anything is left of it is seen by who takes it.
	 */
	void release(ClaimedEvent event, Duration pause) {
		subject(event).ifPresent((subject) -> release(event.receiver(), event.lease(), subject, pause));
	}

	private void release(String receiver, String lease, String subject, Duration pause) {
		of(receiver, """
				update event_subject set lease = null, due_at = :due
				where receiver = :receiver and subject = :subject and lease = :lease""").param("subject", subject)
			.param("lease", lease)
			.param("due", after(pause))
			.update();
	}

	private Optional<String> subject(ClaimedEvent event) {
		return this.jdbc.sql("select subject from event_outbox where number = :number")
			.param("number", event.event().number())
			.query(String.class)
			.optional();
	}

	private List<Optional<ClaimedEvent>> first(String receiver, String subject, EventRow reader) {
		return this.jdbc.sql(EventRow.QUERY)
			.param("receiver", receiver)
			.param("subject", subject)
			.query(reader::read)
			.list();
	}

	private StatementSpec of(String receiver, String sql) {
		return this.jdbc.sql(sql).param("receiver", receiver).param("now", this.clock.millis());
	}

	private long after(Duration pause) {
		return this.clock.millis() + pause.toMillis();
	}

}
