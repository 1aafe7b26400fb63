package io.github.x402sessions.facilitator.event.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.config.EventProperties;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a receiver makes of the events of one session, those of others go on.
 */
class EventDispatcherTests {

	private final List<String> told = new CopyOnWriteArrayList<>();

	private TestDatabase database;

	private EventOutbox outbox;

	@BeforeEach
	void open() {
		this.database = TestDatabase.sqlite();
		this.outbox = this.database.store().events();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void sessionThatHangsOrIsNotTakenHoldsUpNoOther() {
		CountDownLatch end = new CountDownLatch(1);
		try (EventDispatcher dispatcher = dispatcher((id) -> {
			if (id.startsWith("hanging")) {
				Eventually.opens(end);
			}
			if (id.startsWith("thrown")) {
				throw new IllegalStateException("of a receiver");
			}
			return id.startsWith("refused") ? EventReceiver.Reaction.NOT_TAKEN : EventReceiver.Reaction.TAKEN;
		})) {
			dispatcher.start();
			for (String session : List.of("hanging", "thrown", "refused")) {
				commit(session, 3);
			}
			Eventually.isTrue(() -> attempts("thrown1") >= 6 && attempts("refused1") >= 6);
			commit("long", 120);
			commit("healthy", 3);
			Eventually.isTrue(() -> this.told.size() == 123);
			assertThat(this.told).filteredOn((id) -> id.startsWith("healthy"))
				.containsExactly("healthy1", "healthy2", "healthy3");
			assertThat(this.told).filteredOn((id) -> id.startsWith("long"))
				.hasSize(120)
				.startsWith("long1", "long2")
				.endsWith("long119", "long120");
			end.countDown();
			Eventually.isTrue(() -> this.told.size() == 126);
		}
		finally {
			end.countDown();
		}
	}

	private int attempts(String settlement) {
		return this.database.jdbc()
			.sql("select attempts from event_outbox where settlement_id = :id")
			.param("id", settlement)
			.query(Integer.class)
			.single();
	}

	private void commit(String session, int count) {
		StoredRow.session(session).insert(this.database.jdbc());
		for (int i = 1; i <= count; i++) {
			StoredRow.commitment(session + i)
				.with("session_id", session)
				.with("updated_at", Clock.systemUTC().millis())
				.insert(this.database.jdbc());
		}
	}

	private EventDispatcher dispatcher(Function<String, EventReceiver.Reaction> reaction) {
		EventProperties.Delivery settings = new EventProperties.Delivery(false, Duration.ofMillis(10),
				Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofDays(1));
		return new EventDispatcher(new ScriptedReceiver(reaction, this.told), this.outbox, settings,
				new RetryPauses(settings.firstRetry(), settings.lastRetry(), () -> 0), new SilentObserver());
	}

	private record ScriptedReceiver(Function<String, EventReceiver.Reaction> reaction,
			List<String> told) implements EventReceiver {

		@Override
		public String name() {
			return "shop";
		}

		@Override
		public Set<EventType> types() {
			return EnumSet.of(EventType.PAYMENT_COMMITTED);
		}

		@Override
		public Set<String> recipients() {
			return Set.of();
		}

		@Override
		public int parallel() {
			return 2;
		}

		@Override
		public Duration timeout() {
			return Duration.ofMinutes(1);
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public Reaction tell(FacilitatorEvent event) {
			String id = event.data().settlement().id();
			Reaction result = this.reaction.apply(id);
			if (result == Reaction.TAKEN) {
				this.told.add(id);
			}
			return result;
		}

	}

	private record SilentObserver() implements EventObserver {

		@Override
		public void serves(String receiver) {
		}

		@Override
		public void told(String receiver) {
		}

		@Override
		public void failed(String receiver) {
		}

		@Override
		public void givenUp(String receiver, int count) {
		}

	}

}
