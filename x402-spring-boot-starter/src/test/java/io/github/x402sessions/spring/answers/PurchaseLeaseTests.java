package io.github.x402sessions.spring.answers;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
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

/**
 * A lease stands while its instance lives and ends when it is dead or frozen, and
 * whatever that one does later has no effect.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
class PurchaseLeaseTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

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
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		Eventually.staysTrue(LEASE.multipliedBy(3),
				() -> this.other.claim(KEY, REQUEST) instanceof PurchaseClaim.Lost taken
						&& taken.known() instanceof Purchase.Running);
		assertThat(lease.note(OWED)).isTrue();
		Eventually.staysTrue(LEASE.multipliedBy(2), () -> this.other.claim(KEY, REQUEST) instanceof PurchaseClaim.Lost);
		assertThat(lease.conclude(new Purchase.Spent(REQUEST))).isTrue();
		assertThat(lost(this.other.claim(KEY, REQUEST))).isEqualTo(new Purchase.Spent(REQUEST));
	}

	@Test
	void withoutAWordOfMoneyTheIdentifierIsFreeAgain() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		this.backend.frozen.set(true);
		PurchaseClaim.Won next = takenOver(REQUEST);
		assertThat(next.owed()).isNull();
		theFirstHasNoEffect(lease, next);
	}

	@Test
	void whatMayHaveBeenPaidIsOwed() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(OWED)).isTrue();
		this.backend.frozen.set(true);
		PurchaseClaim.Won next = takenOver(REQUEST);
		assertThat(next.owed()).isEqualTo(OWED);
		theFirstHasNoEffect(lease, next);
	}

	@Test
	void whatIsOwedStaysOwedWhereItsSecondRunDies() {
		assertThat(won(this.other.claim(KEY, REQUEST)).lease().conclude(OWED)).isTrue();
		assertThat(won(this.frozen.claim(KEY, REQUEST)).owed()).isEqualTo(OWED);
		this.backend.frozen.set(true);
		assertThat(takenOver(REQUEST).owed()).isEqualTo(OWED);
	}

	@Test
	void whatHasLeftInPartIsSpent() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(new Purchase.Spent(REQUEST))).isTrue();
		this.backend.frozen.set(true);
		Eventually.isTrue(() -> lost(this.other.claim(KEY, REQUEST)) instanceof Purchase.Spent);
		assertThat(lease.note(OWED)).as("nobody else has come").isTrue();
	}

	@Test
	void nobodyLosesWhatNobodyElseHasTaken() {
		PurchaseLease lease = won(this.frozen.claim(KEY, REQUEST)).lease();
		this.backend.frozen.set(true);
		Eventually.staysTrue(LEASE.multipliedBy(2), () -> true);
		assertThat(lease.note(OWED)).isTrue();
		assertThat(lease.conclude(new Purchase.Spent(REQUEST))).isTrue();
		assertThat(lost(this.other.claim(KEY, REQUEST))).isEqualTo(new Purchase.Spent(REQUEST));
	}

	private PurchaseClaim.Won takenOver(String request) {
		Claims claims = new Claims();
		Eventually.isTrue(() -> {
			claims.last = this.other.claim(KEY, request);
			return claims.last instanceof PurchaseClaim.Won;
		});
		return won(claims.last);
	}

	private void theFirstHasNoEffect(PurchaseLease first, PurchaseClaim.Won next) {
		this.backend.frozen.set(false);
		assertThat(first.note(OWED)).isFalse();
		assertThat(first.conclude(new Purchase.Spent(REQUEST))).isFalse();
		first.release();
		assertThat(lost(this.frozen.claim(KEY, REQUEST))).isEqualTo(new Purchase.Running(REQUEST));
		assertThat(next.lease().note(OWED)).isTrue();
		assertThat(next.lease().conclude(OWED)).isTrue();
		assertThat(first.conclude(new Purchase.Spent(REQUEST))).isFalse();
		assertThat(won(this.frozen.claim(KEY, REQUEST)).owed()).isEqualTo(OWED);
	}

	/** The claim that was made last. */
	private static final class Claims {

		private PurchaseClaim last;

	}

	/** The backend of an instance that may stand still: nothing is renewed. */
	private static final class FrozenBackend implements AnswerBackend {

		private final AtomicBoolean frozen = new AtomicBoolean();

		private final AnswerBackend backend;

		FrozenBackend(AnswerBackend backend) {
			this.backend = backend;
		}

		@Override
		public Found claim(String key, String request, String token) {
			return this.backend.claim(key, request, token);
		}

		@Override
		public boolean note(String key, String token, AnswerEntry otherwise) {
			return this.backend.note(key, token, otherwise);
		}

		@Override
		public boolean conclude(String key, String token, AnswerEntry end) {
			return this.backend.conclude(key, token, end);
		}

		@Override
		public void release(String key, String token) {
			this.backend.release(key, token);
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
