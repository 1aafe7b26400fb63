package io.github.x402sessions.core.facilitator.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.ManualTimer;
import io.github.x402sessions.core.facilitator.Samples;
import io.github.x402sessions.core.facilitator.http.CallNotMadeException;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.fixtures.Eventually;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RefreshingFacilitatorTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final FakeFacilitator fake = new FakeFacilitator("session");

	private final ManualTimer timer = new ManualTimer();

	private final RefreshingFacilitator facilitator = facilitator(RefreshOptions.defaults());

	@Test
	void asksAtOnceThenRegularly() {
		this.facilitator.begin();
		assertThat(this.timer.delay).isZero();
		this.timer.elapse();
		assertThat(this.timer.delay).isEqualTo(Duration.ofMinutes(5));
		assertThat(this.facilitator.supported().kinds()).hasSize(1);
		this.fake.support(Map.of(), "session", "exact");
		this.timer.elapse();
		assertThat(this.facilitator.supported().kinds()).hasSize(2);
		assertThat(this.fake.calls).hasSize(2);
	}

	/** A wrong key shows where it is used, while anybody may ask what is supported. */
	@Test
	void whoeverRefusesThisServersPaymentsIsNotWell() {
		begin();
		this.fake.paymentFailure = new FacilitatorAccessException("refuses this server");
		assertThatExceptionOfType(FacilitatorAccessException.class)
			.isThrownBy(() -> this.facilitator.verify(Samples.REQUEST));
		assertThat(this.facilitator.state().failure()).isSameAs(this.fake.paymentFailure);
		this.timer.elapse();
		assertThat(this.facilitator.state().failure()).as("whatever it supports").isNotNull();
		this.fake.paymentFailure = new FacilitatorUnavailableException("slow", null);
		assertUnavailable(() -> this.facilitator.settle(Samples.REQUEST, Duration.ofSeconds(1)));
		assertThat(this.facilitator.state().failure()).isInstanceOf(FacilitatorAccessException.class);
		assertOnlyAVerificationMakesItWell();
	}

	@Test
	void whoeverIsNotAskedForPaymentsIsNotWell() {
		begin();
		this.fake.paymentFailure = FacilitatorUnavailableException.unsent("not asked", null);
		assertUnavailable(() -> this.facilitator.verify(Samples.REQUEST));
		assertThat(this.facilitator.state().failure()).isSameAs(this.fake.paymentFailure);
	}

	/** It tells what it supports, and hangs where payments are verified. */
	@Test
	void whoeverHangsIsWellWhenItHandlesPayments() {
		begin();
		this.fake.paymentFailure = paused();
		assertUnavailable(() -> this.facilitator.verify(Samples.REQUEST));
		this.timer.elapse();
		assertThat(this.facilitator.state().failure()).as("whatever it supports").isNotNull();
		assertOnlyAVerificationMakesItWell();
	}

	/** It is not asked because it was not there. */
	@Test
	void whoeverIsReachedAgainIsWellThoughItWasNotAskedLast() {
		begin();
		this.fake.paymentFailure = FacilitatorUnavailableException.unsent("refused", null);
		assertUnavailable(() -> this.facilitator.verify(Samples.REQUEST));
		this.fake.paymentFailure = paused();
		assertUnavailable(() -> this.facilitator.verify(Samples.REQUEST));
		this.timer.elapse();
		assertThat(this.facilitator.state().failure()).isNull();
	}

	@Test
	void whoeverAnswersAgainIsWellWithoutAPayment() {
		begin();
		this.fake.paymentFailure = FacilitatorUnavailableException.unsent("refused", null);
		assertUnavailable(() -> this.facilitator.settle(Samples.REQUEST));
		this.fake.paymentFailure = null;
		this.facilitator.verify(Samples.REQUEST);
		assertThat(this.facilitator.state().failure()).as("settlements are another matter").isNotNull();
		this.timer.elapse();
		assertThat(this.facilitator.state().failure()).isNull();
	}

	@Test
	void itIsLookedForSoonAndUntilItDoes() {
		begin();
		this.fake.paymentFailure = FacilitatorUnavailableException.unsent("refused", null);
		this.fake.failure = new FacilitatorUnavailableException("down", null);
		assertUnavailable(() -> this.facilitator.verify(Samples.REQUEST));
		assertThat(this.timer.delay).isEqualTo(Duration.ofSeconds(30));
		this.timer.elapse();
		assertThat(this.timer.delay).as("it is still down").isEqualTo(Duration.ofSeconds(30));
		assertThat(this.facilitator.state().failure()).isNotNull();
		this.fake.paymentFailure = null;
		this.facilitator.verify(Samples.REQUEST);
		assertThat(this.facilitator.state().failure()).as("it does not tell what it supports").isNotNull();
		int looked = this.timer.count;
		this.timer.elapse();
		assertThat(this.timer.count).as("so it is asked again").isGreaterThan(looked);
		this.fake.failure = null;
		int asked = this.timer.count;
		this.timer.elapse();
		assertThat(this.facilitator.state().failure()).isNull();
		assertThat(this.timer.count).as("it is up").isEqualTo(asked);
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void aRefusalIsForgottenUnlessItIsSeenAgain(FacilitatorException refusal) {
		AtomicReference<Instant> now = new AtomicReference<>(NOW);
		CallHealth trouble = new CallHealth(now::get, Duration.ofMinutes(5));
		assertThat(trouble.failed(refusal)).isTrue();
		now.set(NOW.plusSeconds(299));
		assertThat(trouble.failed(refusal)).isFalse();
		now.set(NOW.plusSeconds(598));
		assertThat(trouble.reachable()).isFalse();
		assertThat(trouble.known()).isEqualTo(new CallHealth.Failing(NOW, NOW.plusSeconds(299), refusal));
		now.set(NOW.plusSeconds(599));
		assertThat(trouble.known()).isNull();
		assertThat(trouble.failed(refusal)).isTrue();
	}

	@Test
	void whoListensIsToldOfEachGoodAnswer() {
		AtomicInteger told = new AtomicInteger();
		this.facilitator.whenTold(() -> {
			throw new IllegalStateException("a listener's own trouble");
		});
		this.facilitator.whenTold(() -> {
			assertThat(this.facilitator.supported().kinds()).hasSize(1);
			told.incrementAndGet();
		});
		begin();
		assertThat(told).hasValue(1);
		this.fake.failure = new FacilitatorUnavailableException("down", null);
		this.timer.elapse();
		assertThat(told).hasValue(1);
		this.fake.failure = null;
		this.timer.elapse();
		assertThat(told).hasValue(2);
	}

	@Test
	void noRequestAsks() {
		begin();
		this.facilitator.supported();
		this.facilitator.find("session", "stellar:testnet");
		assertThat(this.fake.calls).containsExactly("supported");
	}

	@Test
	void aKnownAnswerOutlivesAnOutage() {
		begin();
		SupportedResponse known = this.facilitator.supported();
		this.fake.failure = new FacilitatorUnavailableException("down", null);
		this.timer.elapse();
		assertThat(this.facilitator.supported()).isSameAs(known);
		assertThat(this.timer.delay).isLessThanOrEqualTo(Duration.ofMillis(250));
		assertThat(this.facilitator.state()).isEqualTo(new FacilitatorState(NOW, NOW, this.failure()));
	}

	@Test
	void failuresGrowThePauseAndASuccessEndsIt() {
		this.fake.failure = new FacilitatorAccessException("no");
		this.facilitator.begin();
		for (int i = 0; i < 10; i++) {
			this.timer.elapse();
		}
		assertThat(this.timer.delay).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
		assertThatExceptionOfType(FacilitatorAccessException.class).isThrownBy(this.facilitator::supported);
		this.fake.failure = null;
		this.timer.elapse();
		assertThat(this.timer.delay).isEqualTo(Duration.ofMinutes(5));
		assertThat(this.facilitator.supported().kinds()).hasSize(1);
		assertThat(this.facilitator.state()).isEqualTo(new FacilitatorState(NOW, NOW, null));
	}

	@Test
	void anUnexpectedFailureDoesNotEndTheAsking() {
		this.fake.failure = new IllegalStateException("bug");
		begin();
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(this.facilitator::supported)
			.havingRootCause()
			.withMessage("bug");
		this.fake.failure = null;
		this.timer.elapse();
		assertThat(this.facilitator.supported().kinds()).hasSize(1);
	}

	@Test
	void aRequestWaitsForTheStartButNotForLong() {
		RefreshingFacilitator silent = facilitator(RefreshOptions.defaults().withMaxWait(Duration.ofMillis(50)));
		silent.begin();
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(silent::supported)
			.withMessageContaining("has not told yet");
		assertThat(silent.state()).isEqualTo(FacilitatorState.UNKNOWN);
	}

	@Test
	void aRequestIsServedAsSoonAsTheFirstAnswerIsThere() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		Facilitator slow = new Slow(this.fake, asked, answer);
		try (RefreshingFacilitator started = RefreshingFacilitator.start(new FacilitatorEndpoint("slow", null, slow),
				RefreshOptions.defaults().withMaxWait(Eventually.PATIENCE))) {
			Eventually.opens(asked);
			Thread helper = new Thread(answer::countDown);
			helper.start();
			assertThat(started.supported().kinds()).hasSize(1);
			helper.join();
		}
	}

	@Test
	void closingStopsTheAskingAndFreesWhoWaits() {
		this.facilitator.begin();
		this.facilitator.close();
		assertThat(this.timer.closed).isTrue();
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(this.facilitator::supported);
	}

	@Test
	void theThreadEndsWhenClosed() throws Exception {
		RefreshingFacilitator started = RefreshingFacilitator.start(new FacilitatorEndpoint("ends", null, this.fake));
		started.supported();
		Thread thread = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((candidate) -> candidate.getName().equals("x402-supported-ends"))
			.findFirst()
			.orElseThrow();
		assertThat(thread.isDaemon()).isTrue();
		started.close();
		thread.join(Eventually.PATIENCE.toMillis());
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void paymentsArePassedOn() {
		this.facilitator.verify(Samples.REQUEST);
		this.facilitator.settle(Samples.REQUEST);
		this.facilitator.hold(Samples.REQUEST);
		this.facilitator.release(Samples.REQUEST);
		assertThat(this.fake.calls).containsExactly("verify", "settle", "hold", "release");
	}

	@Test
	void theOptionsAreChecked() {
		RefreshOptions options = RefreshOptions.defaults();
		assertThatIllegalArgumentException().isThrownBy(() -> options.withInterval(Duration.ZERO))
			.withMessageContaining("interval");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxWait(Duration.ofSeconds(-1)))
			.withMessageContaining("maxWait");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withRetries(Duration.ofSeconds(1), Duration.ZERO))
			.withMessageContaining("maxRetry");
	}

	/** Begin, and have the first answer. */
	private void begin() {
		this.facilitator.begin();
		this.timer.elapse();
	}

	private static void assertUnavailable(ThrowingCallable call) {
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(call);
	}

	private static List<FacilitatorException> refusals() {
		return List.of(new FacilitatorAccessException("no"), paused());
	}

	private static FacilitatorException paused() {
		return FacilitatorUnavailableException.unsent("not asked", CallNotMadeException.paused());
	}

	private FacilitatorException failure() {
		return (FacilitatorException) this.fake.failure;
	}

	private RefreshingFacilitator facilitator(RefreshOptions options) {
		return new RefreshingFacilitator(new FacilitatorEndpoint("f", null, this.fake), options, this.timer,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	/** A facilitator that answers when the test lets it. */
	private static final class Slow extends DelegatingFacilitator {

		private final Facilitator delegate;

		private final CountDownLatch asked;

		private final CountDownLatch answer;

		Slow(Facilitator delegate, CountDownLatch asked, CountDownLatch answer) {
			this.delegate = delegate;
			this.asked = asked;
			this.answer = answer;
		}

		@Override
		protected Facilitator delegate() {
			this.asked.countDown();
			try {
				this.answer.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return this.delegate;
		}

	}

	private void assertOnlyAVerificationMakesItWell() {
		this.fake.paymentFailure = null;
		this.facilitator.settle(Samples.REQUEST);
		assertThat(this.facilitator.state().failure()).as("verifications are another matter").isNotNull();
		this.facilitator.verify(Samples.REQUEST);
		assertThat(this.facilitator.state().failure()).isNull();
	}

}
