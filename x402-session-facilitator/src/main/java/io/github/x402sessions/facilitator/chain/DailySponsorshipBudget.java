package io.github.x402sessions.facilitator.chain;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.local.SynchronizationStrategy;
import io.github.x402sessions.stellar.approval.SponsorshipBudget;

/**
 * The budget of a facilitator for other people's fees in a day: so much in all, and so
 * many approves of one payer. Counted by what is bid, which is more than what is charged,
 * once for each approve, in this process only. Thread-safe.
 */
final class DailySponsorshipBudget implements SponsorshipBudget {

	private static final Duration DAY = Duration.ofDays(1);

	private static final long REMEMBERED = 100_000;

	private final Bucket all;

	private final Cache<String, Bucket> byPayer = Caffeine.newBuilder()
		.maximumSize(REMEMBERED)
		.expireAfterAccess(DAY)
		.build();

	private final Cache<String, Boolean> counted = Caffeine.newBuilder()
		.maximumSize(REMEMBERED)
		.expireAfterWrite(DAY)
		.build();

	private final long perPayer;

	/**
	 * Create a budget.
	 * @param stroops the most that is bid in a day, positive
	 * @param perPayer how many approves of one payer in a day, positive
	 */
	DailySponsorshipBudget(long stroops, long perPayer) {
		this.all = bucket(stroops);
		this.perPayer = perPayer;
	}

	private static Bucket bucket(long perDay) {
		return Bucket.builder()
			.withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
			.addLimit((limit) -> limit.capacity(perDay).refillGreedy(perDay, DAY))
			.build();
	}

	@Override
	public synchronized boolean take(String payer, String approve, long stroops) {
		if (this.counted.getIfPresent(approve) != null) {
			return true;
		}
		Bucket own = this.byPayer.get(payer, (key) -> bucket(this.perPayer));
		if (own.getAvailableTokens() < 1 || !this.all.tryConsume(stroops)) {
			return false;
		}
		own.tryConsume(1);
		this.counted.put(approve, true);
		return true;
	}

}
