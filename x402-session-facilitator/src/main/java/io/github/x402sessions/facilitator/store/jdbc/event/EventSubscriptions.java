package io.github.x402sessions.facilitator.store.jdbc.event;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Who subscribes to what. Nodes with different configurations may run beside each other,
 * so that each only adds: what none of those that serve a receiver has named for long is
 * removed. Thread-safe.
 *
 * @param jdbc the database
 * @param unitOfWork runs steps that belong together
 * @param clock the time that is written to rows
 */
record EventSubscriptions(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock) {

	/** Stands for all recipients. */
	private static final String ALL = "";

	/** How often a node says that it names something still. */
	private static final Duration NAMED = Duration.ofMinutes(10);

	/** How long something counts that was named. */
	private static final Duration UNNAMED = Duration.ofHours(1);

	void add(String receiver, Set<EventType> types, Set<String> recipients) {
		this.unitOfWork.perform(() -> {
			of(receiver, """
					insert into event_receiver (name, seen_at) values (:receiver, :now)
					on conflict (name) do update set failures = 0, retry_at = 0, seen_at = excluded.seen_at""")
				.update();
			rows(types, recipients).forEach((row) -> of(receiver, """
					insert into event_subscription (type, recipient, receiver, seen_at)
					values (:type, :recipient, :receiver, :now)
					on conflict (type, recipient, receiver) do update set seen_at = excluded.seen_at""")
				.param("type", row[0])
				.param("recipient", row[1])
				.update());
		});
	}

	/** What was ended meanwhile is not begun again. */
	void keep(String receiver, Set<EventType> types, Set<String> recipients) {
		long before = this.clock.millis() - NAMED.toMillis();
		this.unitOfWork.perform(() -> {
			of(receiver, "update event_receiver set seen_at = :now where name = :receiver and seen_at < :before")
				.param("before", before)
				.update();
			of(receiver, """
					update event_subscription set seen_at = :now where receiver = :receiver and seen_at < :before
					and (type, recipient) in (values :rows)""").param("before", before)
				.param("rows", rows(types, recipients))
				.update();
		});
	}

	private static List<Object[]> rows(Set<EventType> types, Set<String> recipients) {
		return types.stream()
			.flatMap((type) -> (recipients.isEmpty() ? Set.of(ALL) : recipients).stream()
				.map((recipient) -> new Object[] { type.wireName(), recipient }))
			.toList();
	}

	void end(String receiver) {
		this.unitOfWork
			.perform(() -> of(receiver, "delete from event_subscription where receiver = :receiver").update());
	}

	/** While nobody serves a receiver, all that it had subscribed to is kept. */
	void removeUnnamed() {
		this.jdbc.sql("""
				delete from event_subscription where exists (select 1 from event_receiver r
				where r.name = event_subscription.receiver and r.seen_at - event_subscription.seen_at > :longest)""")
			.param("longest", UNNAMED.toMillis())
			.update();
	}

	/**
	 * Forget a receiver for which nothing is written any more, or end its subscription:
	 * unless a node takes it up, who changes the same row.
	 * @param before when it was seen last
	 */
	void removeUnserved(String receiver, long before) {
		this.unitOfWork.perform(() -> {
			boolean unserved = of(receiver,
					"update event_receiver set failures = failures where name = :receiver and seen_at < :before")
				.param("before", before)
				.update() > 0;
			if (unserved && of(receiver, "delete from event_subscription where receiver = :receiver").update() == 0) {
				of(receiver, "delete from event_subject where receiver = :receiver").update();
				of(receiver, "delete from event_receiver where name = :receiver").update();
			}
		});
	}

	private StatementSpec of(String receiver, String sql) {
		return this.jdbc.sql(sql).param("receiver", receiver).param("now", this.clock.millis());
	}

}
