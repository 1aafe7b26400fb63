package io.github.x402sessions.facilitator.scheme.exact;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * The fees that are paid for payers: so much for each in a day, counted by what is bid,
 * and nothing for those whose payments have failed too often. In this process only, and
 * for as many payers as are remembered. Thread-safe.
 */
final class SponsoredFees {

	private static final Duration DAY = Duration.ofDays(1);

	private static final long REMEMBERED = 100_000;

	private final long perPayment;

	private final LoadingCache<String, Bucket> fees;

	private final LoadingCache<String, Bucket> failures;

	/**
	 * Create the fees.
	 * @param perPayment the most that is bid for one payment, stroops, positive
	 * @param perDay the most that is bid for one payer in a day, stroops, at least that
	 * @param failuresPerHour how many payments of one payer may fail in an hour, positive
	 * @param time the time
	 */
	SponsoredFees(long perPayment, long perDay, long failuresPerHour, TimeMeter time) {
		this.perPayment = perPayment;
		this.fees = buckets(perDay, DAY, time);
		this.failures = buckets(failuresPerHour, Duration.ofHours(1), time);
	}

	private static LoadingCache<String, Bucket> buckets(long capacity, Duration period, TimeMeter time) {
		Bandwidth limit = Bandwidth.builder().capacity(capacity).refillGreedy(capacity, period).build();
		return Caffeine.newBuilder()
			.maximumSize(REMEMBERED)
			.expireAfterAccess(period)
			.build((payer) -> Bucket.builder().withCustomTimePrecision(time).addLimit(limit).build());
	}

	/** Tell whether one more payment of a payer would be paid for. */
	boolean allows(String payer) {
		return mayFail(payer) && this.fees.get(payer).getAvailableTokens() >= this.perPayment;
	}

	/** Count one more payment of a payer, if it is paid for. */
	boolean take(String payer) {
		return mayFail(payer) && this.fees.get(payer).tryConsume(this.perPayment);
	}

	private boolean mayFail(String payer) {
		return this.failures.get(payer).getAvailableTokens() > 0;
	}

	/** Hear that a payment of a payer has failed. */
	void failed(String payer) {
		this.failures.get(payer).tryConsume(1);
	}

}
