package io.github.x402sessions.facilitator.limit;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * A limit that all nodes count together: the store says what is used, and whoever cannot
 * ask it is refused by its exception. That somebody has used too much this process says
 * for a second from memory, so that those who ask most cost least. Where there is no
 * limit nothing is asked. Thread-safe.
 */
public final class SharedLimit {

	private static final Duration BELIEVED = Duration.ofSeconds(1);

	private static final long REMEMBERED = 100_000;

	private final PeriodLimit limit;

	private final LimitUses uses;

	private final Cache<String, Refusal> refusals = Caffeine.newBuilder()
		.maximumSize(REMEMBERED)
		.expireAfterWrite(BELIEVED)
		.build();

	/**
	 * Create it.
	 * @param limit the limit
	 * @param uses where its uses are counted
	 */
	public SharedLimit(PeriodLimit limit, LimitUses uses) {
		this.limit = limit;
		this.uses = uses;
	}

	/**
	 * Count one use, if that is not one too many.
	 * @param who who uses it
	 * @return whether it was counted
	 * @throws DataAccessException if the store fails
	 */
	public boolean take(String who) {
		return take(who, 1);
	}

	/**
	 * Count a use, if that is not too much.
	 * @param who who uses it
	 * @param amount how much, positive
	 * @return whether it was counted
	 * @throws DataAccessException if the store fails
	 */
	public boolean take(String who, long amount) {
		return isNone() || add(who, amount).isPresent();
	}

	/**
	 * Count one use that may come to nothing.
	 * @param who who uses it
	 * @return what takes the count back; empty if it is one too many
	 * @throws DataAccessException if the store fails
	 */
	public Optional<Runnable> tryTake(String who) {
		return tryTake(who, 1);
	}

	/**
	 * Count a use that may come to nothing.
	 * @param who who uses it
	 * @param amount how much, positive
	 * @return what takes the count back; empty if it is too much
	 * @throws DataAccessException if the store fails
	 */
	public Optional<Runnable> tryTake(String who, long amount) {
		return isNone() ? Optional.of(() -> {
		}) : add(who, amount).map((use) -> () -> takeBack(who, use));
	}

	/** Whoever was refused for it is not any more. */
	private void takeBack(String who, LimitUse use) {
		this.uses.takeBack(this.limit, who, use);
		this.refusals.invalidate(who);
	}

	/**
	 * Tell whether somebody is refused here without asking the store.
	 * @param who who would use it once
	 * @return whether it is known that he has used too much; if not, he may have
	 */
	public boolean isKnownToRefuse(String who) {
		return isKnownToRefuse(who, 1);
	}

	private Optional<LimitUse> add(String who, long amount) {
		if (amount > this.limit.most() || isKnownToRefuse(who, amount)) {
			return Optional.empty();
		}
		Optional<LimitUse> counted = this.uses.add(this.limit, who, amount);
		if (counted.isEmpty()) {
			this.uses.read(this.limit, who).ifPresent((use) -> remember(who, amount, use));
		}
		return counted;
	}

	/**
	 * Tell whether one more use would be counted.
	 * @param who who would use it
	 * @return whether it would
	 * @throws DataAccessException if the store fails
	 */
	public boolean allows(String who) {
		return allows(who, 1);
	}

	/**
	 * Tell whether a use would be counted.
	 * @param who who would use it
	 * @param amount how much, positive
	 * @return whether it would
	 * @throws DataAccessException if the store fails
	 */
	public boolean allows(String who, long amount) {
		if (isNone()) {
			return true;
		}
		if (amount > this.limit.most() || isKnownToRefuse(who, amount)) {
			return false;
		}
		Optional<PeriodUse> tooMuch = this.uses.read(this.limit, who)
			.filter((use) -> use.used() > this.limit.most() - amount);
		tooMuch.ifPresent((use) -> remember(who, amount, use));
		return tooMuch.isEmpty();
	}

	/**
	 * Tell how long somebody who was refused has to wait.
	 * @param who who was refused
	 * @return the time until the period ends, as it is known here; one second if it is
	 * not
	 */
	public Duration left(String who) {
		Refusal refusal = this.refusals.getIfPresent(who);
		return (refusal != null) ? refusal.left(System.nanoTime()) : BELIEVED;
	}

	private boolean isNone() {
		return this.limit.most() == 0;
	}

	private boolean isKnownToRefuse(String who, long amount) {
		@Nullable Refusal refusal = this.refusals.getIfPresent(who);
		return refusal != null && refusal.amount <= amount && !refusal.left(System.nanoTime()).isZero();
	}

	private void remember(String who, long amount, PeriodUse use) {
		this.refusals.put(who, new Refusal(amount, System.nanoTime() + use.left().toNanos()));
	}

	/**
	 * A refusal.
	 *
	 * @param amount what was too much
	 * @param until when the period ends, by {@link System#nanoTime()}
	 */
	private record Refusal(long amount, long until) {

		Duration left(long now) {
			return Duration.ofNanos(Math.max(0, this.until - now));
		}

	}

}
