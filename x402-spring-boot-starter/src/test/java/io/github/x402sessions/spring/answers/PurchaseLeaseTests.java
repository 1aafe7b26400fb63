package io.github.x402sessions.spring.answers;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.purchase.UnreadableAnswerException;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.x402sessions.spring.answers.ResponseStoreTests.lost;
import static io.github.x402sessions.spring.answers.ResponseStoreTests.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A lease stands while its instance lives and ends when it is dead or frozen, and
 * whatever that one does later has no effect.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
class PurchaseLeaseTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	/** For what happens by the clock alone. */
	private static final Duration SHORT = Duration.ofSeconds(1);

	private static final Duration RETENTION = Duration.ofMinutes(10);

	private static final String KEY = "ab".repeat(32);

	private static final String REQUEST = "cd".repeat(32);

	private static final Purchase.Owed OWED = new Purchase.Owed(REQUEST, "b", BigInteger.TEN, 1);

	@Parameter
	AnswerPlace.Kind kind;

	private AnswerPlace place;

	private FrozenBackend backend;

	private ResponseStore frozen;

	private ResponseStore other;

	@BeforeEach
	void open() {
		this.place = AnswerPlace.of(this.kind);
		this.backend = new FrozenBackend(this.place.backend(LEASE, RETENTION));
		this.frozen = this.place.instance(this.backend, LEASE, RETENTION, AnswerSeal.of(null));
		this.other = this.place.instance(LEASE, RETENTION);
	}

	@AfterEach
	void close() {
		this.place.close();
	}

	@Test
	void itStandsForAsLongAsItsInstanceLives() {
		FrozenBackend backend = new FrozenBackend(this.place.backend(SHORT, RETENTION));
		ResponseStore living = this.place.instance(backend, SHORT, RETENTION, AnswerSeal.of(null));
		PurchaseLease lease = won(living.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(OWED)).isTrue();
		Eventually.staysTrue(SHORT.multipliedBy(2),
				() -> this.other.claim(KEY, REQUEST) instanceof PurchaseClaim.Lost taken
						&& taken.known() instanceof Purchase.Running);
		backend.frozen.set(true);
		Eventually
			.isTrue(() -> this.other.claim(KEY, REQUEST) instanceof PurchaseClaim.Won next && OWED.equals(next.owed()));
		assertThat(lease.conclude(new Purchase.Spent(REQUEST))).isFalse();
	}

	@Test
	void whoseItIsMayClaimItAgain() {
		AnswerBackend backend = this.place.backend(LEASE, RETENTION);
		for (int i = 0; i < 2; i++) {
			assertThat(backend.claim(KEY, REQUEST, "token").claimed()).isTrue();
			assertThat(backend.claim(KEY, REQUEST, "other").claimed()).isFalse();
		}
	}

	@Test
	void whatIsGivenBackIsAsItWas() {
		AnswerBackend backend = this.place.backend(LEASE, RETENTION);
		assertThat(backend.claim(KEY, REQUEST, "first").claimed()).isTrue();
		backend.giveBack(KEY, "other");
		assertThat(backend.claim(KEY, REQUEST, "other").claimed()).isFalse();
		backend.giveBack(KEY, "first");
		backend.giveBack(KEY, "first");
		PurchaseClaim.Won free = won(this.other.claim(KEY, "another"));
		assertThat(free.owed()).isNull();
		assertThat(free.lease().conclude(new Purchase.Owed("another", "b", BigInteger.TEN, 1))).isTrue();
		assertThat(backend.claim(KEY, "another", "second").entry()).isNotNull();
		backend.giveBack(KEY, "second");
		assertThat(won(this.other.claim(KEY, "another")).owed()).isNotNull();
	}

	@Test
	void aClaimThatNobodyWaitedForIsGivenBack() {
		this.backend.slow.set(true);
		SharedResponseStore hurried = new SharedResponseStore(this.backend, new AnswerFormat(AnswerSeal.of(null)),
				Duration.ofMillis(500), LEASE, RETENTION, AnswerPlace.MAX_WAITING);
		assertThat(won(this.other.claim(KEY, REQUEST)).lease().conclude(OWED)).isTrue();
		assertThatExceptionOfType(AnswersUnavailableException.class).isThrownBy(() -> hurried.claim(KEY, REQUEST));
		this.backend.slow.set(false);
		Eventually.isTrue(() -> this.backend.given.get() > 0);
		assertThat(won(this.other.claim(KEY, REQUEST)).owed()).isEqualTo(OWED);
		hurried.close();
	}

	@Test
	void whatWasClaimedForNothingIsReleasedLater() {
		SharedResponseStore hurried = new SharedResponseStore(this.backend, new AnswerFormat(AnswerSeal.of(null)),
				Duration.ofSeconds(5), LEASE, RETENTION, AnswerPlace.MAX_WAITING);
		PurchaseLease lease = won(hurried.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(OWED)).isTrue();
		this.backend.away.set(true);
		assertThatExceptionOfType(AnswersUnavailableException.class).isThrownBy(lease::release);
		this.backend.away.set(false);
		Eventually
			.isTrue(() -> this.other.claim(KEY, "another") instanceof PurchaseClaim.Won next && next.owed() == null);
		hurried.close();
	}

	@Test
	void anEndIsToldOnceTheStoreIsBack() {
		SharedResponseStore hurried = new SharedResponseStore(this.backend, new AnswerFormat(AnswerSeal.of(null)),
				Duration.ofSeconds(5), LEASE, RETENTION, AnswerPlace.MAX_WAITING);
		PurchaseLease lease = won(hurried.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(OWED)).isTrue();
		this.backend.away.set(true);
		assertThatExceptionOfType(AnswersUnavailableException.class)
			.isThrownBy(() -> lease.conclude(new Purchase.Spent(REQUEST)));
		assertThat(hurried.figures().waiting()).isEqualTo(1);
		this.backend.away.set(false);
		Eventually.isTrue(() -> lost(this.other.claim(KEY, REQUEST)) instanceof Purchase.Spent);
		hurried.close();
	}

	@Test
	void withoutAWordOfMoneyTheIdentifierIsFreeAgain() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		PurchaseClaim.Won next = takenOver(REQUEST);
		assertThat(next.owed()).isNull();
		theFirstHasNoEffect(lease, next);
	}

	@Test
	void whatMayHaveBeenPaidIsOwed() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(OWED)).isTrue();
		PurchaseClaim.Won next = takenOver(REQUEST);
		assertThat(next.owed()).isEqualTo(OWED);
		theFirstHasNoEffect(lease, next);
	}

	@Test
	void whatIsOwedStaysOwedWhereItsSecondRunDies() {
		assertThat(won(this.other.claim(KEY, REQUEST)).lease().conclude(OWED)).isTrue();
		assertThat(won(this.frozen.claim(KEY, REQUEST)).owed()).isEqualTo(OWED);
		assertThat(takenOver(REQUEST).owed()).isEqualTo(OWED);
	}

	@Test
	void whatHasLeftInPartIsSpent() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(new Purchase.Spent(REQUEST))).isTrue();
		assertThat(lost(this.other.claim(KEY, REQUEST))).isEqualTo(new Purchase.Running(REQUEST));
		this.place.endLease(KEY);
		assertThat(lost(this.other.claim(KEY, REQUEST))).isEqualTo(new Purchase.Spent(REQUEST));
		assertThat(lease.note(OWED)).as("nobody else has come").isTrue();
	}

	@Test
	void nobodyLosesWhatNobodyElseHasTaken() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		this.place.endLease(KEY);
		assertThat(lease.note(OWED)).isTrue();
		this.place.endLease(KEY);
		assertThat(lease.conclude(new Purchase.Spent(REQUEST))).isTrue();
		assertThat(lost(this.other.claim(KEY, REQUEST))).isEqualTo(new Purchase.Spent(REQUEST));
	}

	@Test
	void whatIsDamagedIsNotSoldAgain() {
		for (Purchase end : List.of(OWED, new Purchase.Spent(REQUEST))) {
			String key = KEY.substring(2) + (end instanceof Purchase.Owed ? "ee" : "ff");
			assertThat(won(this.other.claim(key, REQUEST)).lease().conclude(end)).isTrue();
			this.place.damage(key);
			for (ResponseStore store : List.of(this.other, ResponseStore.forgetful(this.other))) {
				assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> store.claim(key, REQUEST));
				this.place.endLease(key);
			}
		}
	}

	private PurchaseClaim.Won takenOver(String request) {
		assertThat(lost(this.other.claim(KEY, request))).isEqualTo(new Purchase.Running(REQUEST));
		this.place.endLease(KEY);
		return won(this.other.claim(KEY, request));
	}

	private void theFirstHasNoEffect(PurchaseLease first, PurchaseClaim.Won next) {
		assertThat(first.note(OWED)).isFalse();
		assertThat(first.conclude(new Purchase.Spent(REQUEST))).isFalse();
		first.release();
		assertThat(lost(this.frozen.claim(KEY, REQUEST))).isEqualTo(new Purchase.Running(REQUEST));
		assertThat(next.lease().note(OWED)).isTrue();
		assertThat(next.lease().conclude(OWED)).isTrue();
		assertThat(first.conclude(new Purchase.Spent(REQUEST))).isFalse();
		assertThat(won(this.frozen.claim(KEY, REQUEST)).owed()).isEqualTo(OWED);
	}

	/**
	 * The backend of an instance that may stand still, when nothing is renewed, or lose
	 * sight of its store.
	 */
	private static final class FrozenBackend implements AnswerBackend {

		private final AtomicBoolean frozen = new AtomicBoolean();

		private final AtomicBoolean away = new AtomicBoolean();

		/** Calls have their effect, and their answer comes too late. */
		private final AtomicBoolean slow = new AtomicBoolean();

		private final AtomicInteger given = new AtomicInteger();

		private final AnswerBackend backend;

		FrozenBackend(AnswerBackend backend) {
			this.backend = backend;
		}

		@Override
		public Found claim(String key, String request, String token) {
			Found found = this.backend.claim(key, request, token);
			if (this.slow.get()) {
				Eventually.opens(new CountDownLatch(1));
			}
			return found;
		}

		@Override
		public boolean note(String key, String token, AnswerEntry otherwise) {
			return this.backend.note(key, token, otherwise);
		}

		@Override
		public boolean conclude(String key, String token, AnswerEntry end) {
			requireThere();
			return this.backend.conclude(key, token, end);
		}

		@Override
		public void release(String key, String token) {
			requireThere();
			this.backend.release(key, token);
		}

		private void requireThere() {
			if (this.away.get()) {
				throw new IllegalStateException("away");
			}
		}

		@Override
		public void giveBack(String key, String token) {
			this.backend.giveBack(key, token);
			this.given.incrementAndGet();
		}

		@Override
		public Set<String> renew(Collection<Lease> leases) {
			return this.frozen.get() ? Set.of() : this.backend.renew(leases);
		}

		@Override
		public void clean() {
			this.backend.clean();
		}

		@Override
		public void ping() {
			this.backend.ping();
		}

	}

}
