package io.github.x402sessions.facilitator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.limit.LimitUse;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.PeriodUse;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistrationLimitTests {

	/** A database that answers once it is let. */
	private final CountDownLatch answers = new CountDownLatch(1);

	private final AtomicInteger asked = new AtomicInteger();

	private final RegistrationLimit limit = new RegistrationLimit(
			new SharedLimit(PeriodLimit.perMinute("registrations", 5), new SlowUses()));

	@Test
	void strangersOfManyAddressesDoNotTakeAllConnections() throws Exception {
		List<Thread> callers = new ArrayList<>();
		for (String address : new String[] { "a", "b" }) {
			Thread caller = new Thread(() -> this.limit.require(address));
			caller.start();
			callers.add(caller);
		}
		Eventually.isTrue(() -> this.asked.get() == 2);
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> this.limit.require("c"));
		this.answers.countDown();
		for (Thread caller : callers) {
			caller.join();
		}
		this.limit.require("c");
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
			return Optional.of(new LimitUse(amount, Long.MAX_VALUE));
		}

		@Override
		public void takeBack(PeriodLimit limit, String who, LimitUse use) {
		}

		@Override
		public Optional<PeriodUse> read(PeriodLimit limit, String who) {
			return Optional.empty();
		}

		@Override
		public boolean forget() {
			return false;
		}

	}

}
