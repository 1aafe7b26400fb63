package io.github.x402sessions.facilitator.access;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how often each of many may do something here, to save this process work: so many
 * times in a minute, all at once if they like. Limits of what costs money are counted by
 * all nodes together. Thread-safe.
 */
public final class RateLimit {

	private static final long REMEMBERED = 100_000;

	private static final Duration KEPT = Duration.ofMinutes(2);

	private final @Nullable LoadingCache<String, Bucket> buckets;

	/**
	 * Create a limit.
	 * @param perMinute how often in a minute; 0 for any number of times
	 */
	public RateLimit(long perMinute) {
		this.buckets = (perMinute == 0) ? null
				: Caffeine.newBuilder()
					.maximumSize(REMEMBERED)
					.expireAfterAccess(KEPT)
					.build((who) -> bucket(perMinute));
	}

	private static Bucket bucket(long perMinute) {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
			.build();
	}

	/**
	 * Count one time.
	 * @param who who does it
	 * @throws AccessDeniedException if that is once too often
	 */
	public void require(String who) {
		if (this.buckets == null) {
			return;
		}
		ConsumptionProbe probe = this.buckets.get(who).tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw AccessDeniedException.tooOften(Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
	}

	/**
	 * Count one time if that is not once too often.
	 * @param who who does it
	 * @return whether it was counted
	 */
	public boolean take(String who) {
		return this.buckets == null || this.buckets.get(who).tryConsume(1);
	}

	/**
	 * Tell whether one more time would be counted.
	 * @param who who would do it
	 * @return whether it would
	 */
	public boolean allows(String who) {
		return this.buckets == null || this.buckets.get(who).getAvailableTokens() > 0;
	}

}
