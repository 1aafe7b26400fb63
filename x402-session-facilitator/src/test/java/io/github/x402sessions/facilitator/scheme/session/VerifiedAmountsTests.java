package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionTerms;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hold keeps others out for its time and no longer, whoever asks for it and however
 * often.
 */
class VerifiedAmountsTests {

	private static final BigInteger ALL = BigInteger.TEN;

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(2).toNanos());

	private final VerifiedAmounts holds = new VerifiedAmounts(Duration.ofMinutes(1), this.nanos::get);

	private final Session session = new Session("k", new SessionTerms("n", "a", "p", "s", "C", "r", ALL, 10, null), 1,
			true, BigInteger.ZERO, BigInteger.ZERO, 10, null, BigInteger.ZERO, false);

	@Test
	void heldAmountIsKeptFromOthersUntilItIsReleased() {
		assertThat(place("first", 7)).isTrue();
		assertThat(place("second", 4)).isFalse();
		assertThat(place("second", 3)).isTrue();
		assertHeld("first", 3);
		assertHeld(null, 10);
		this.holds.release(this.session, "first");
		assertThat(place("third", 7)).isTrue();
	}

	@Test
	void holdThatIsAskedForAgainLastsNoLonger() {
		place("first", 7);
		pass(Duration.ofSeconds(59));
		assertThat(place("first", 6)).isTrue();
		assertHeld(null, 6);
		pass(Duration.ofSeconds(1));
		assertHeld(null, 0);
	}

	@Test
	void sessionOfAHoldThatRanOutGetsNoneForAWhile() {
		place("first", 7);
		pass(Duration.ofSeconds(59));
		place("second", 3);
		pass(Duration.ofSeconds(1));
		assertHeld(null, 3);
		pass(Duration.ofSeconds(59));
		for (int minute = 0; minute < 10; minute++) {
			assertThat(place("stranger" + minute, 10)).as("nobody is refused either").isTrue();
			assertHeld(null, 0);
			pass(Duration.ofMinutes(1));
		}
		pass(Duration.ofMinutes(1));
		assertThat(place("first", 7)).isTrue();
		assertHeld(null, 7);
	}

	@Test
	void holdsThatArePaidInTimeGoOn() {
		for (int call = 0; call < 100; call++) {
			assertThat(place("call" + call, 10)).isTrue();
			assertHeld(null, 10);
			pass(Duration.ofSeconds(59));
			this.holds.release(this.session, "call" + call);
		}
	}

	@Test
	void withoutADurationNothingIsHeld() {
		VerifiedAmounts none = new VerifiedAmounts(Duration.ZERO, this.nanos::get);
		assertThat(none.place(this.session, "first", ALL)).isTrue();
		assertThat(none.heldByOthers(this.session, null)).isZero();
	}

	private boolean place(String paymentId, long amount) {
		return this.holds.place(this.session, paymentId, BigInteger.valueOf(amount));
	}

	private void assertHeld(String besides, long amount) {
		assertThat(this.holds.heldByOthers(this.session, besides)).isEqualTo(amount);
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
