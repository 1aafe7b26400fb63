package io.github.x402sessions.facilitator.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.limit.LimitUse;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.PeriodUse;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistrationLimitTests {

	/** A database that answers once it is let. */
	private volatile CountDownLatch answers = new CountDownLatch(1);

	/** Who has used too much. */
	private final Set<String> full = ConcurrentHashMap.newKeySet();

	private final AtomicInteger asked = new AtomicInteger();

	private final RegistrationLimit limit = new RegistrationLimit(
			new SharedLimit(PeriodLimit.perMinute("registrations", 5), new SlowUses()));

	@Test
	void strangersOfManyAddressesDoNotTakeAllConnections() throws Exception {
		List<Thread> callers = callers();
		Eventually.isTrue(() -> this.asked.get() == 2);
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> this.limit.require("c"));
		this.answers.countDown();
		for (Thread caller : callers) {
			caller.join();
		}
		this.limit.require("c");
	}

	@Test
	void whoHasJustBeenRefusedDoesNotWaitForStrangers() throws Exception {
		this.full.add("x");
		this.answers.countDown();
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> this.limit.require("x"));
		assertThat(this.asked).hasValue(1);
		this.answers = new CountDownLatch(1);
		List<Thread> callers = callers();
		Eventually.isTrue(() -> this.asked.get() == 3);
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> this.limit.require("x"));
		this.answers.countDown();
		for (Thread caller : callers) {
			caller.join();
		}
	}

	private List<Thread> callers() {
		return Stream.of("a", "b")
			.map((address) -> new Thread(() -> this.limit.require(address)))
			.peek(Thread::start)
			.toList();
	}

	private final class SlowUses implements LimitUses {

		@Override
		public Optional<LimitUse> add(PeriodLimit limit, String who, long amount) {
			RegistrationLimitTests.this.asked.incrementAndGet();
			try {
				RegistrationLimitTests.this.answers.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return isFull(who) ? Optional.empty() : Optional.of(new LimitUse(amount, Long.MAX_VALUE));
		}

		@Override
		public void takeBack(PeriodLimit limit, String who, LimitUse use) {
		}

		@Override
		public Optional<PeriodUse> read(PeriodLimit limit, String who) {
			return isFull(who) ? Optional.of(new PeriodUse(limit.most(), Duration.ofMinutes(1))) : Optional.empty();
		}

		private boolean isFull(String who) {
			return RegistrationLimitTests.this.full.contains(who);
		}

		@Override
		public boolean forget() {
			return false;
		}

	}

}
