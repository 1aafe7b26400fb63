package io.github.x402sessions.spring.deferral;

import java.math.BigInteger;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Sum of what is owed to an account that goes on with each payment, so that reading it
 * costs nothing. For one thread at a time.
 */
final class RunningSum {

	private final PaidAccount account;

	/** How many payments have been owed since when. */
	private final NavigableMap<Instant, Integer> since = new TreeMap<>();

	private long open;

	private BigInteger owed = BigInteger.ZERO;

	private BigInteger defaulted = BigInteger.ZERO;

	RunningSum(PaidAccount account) {
		this.account = account;
	}

	void add(BigInteger amount, Instant committed) {
		this.open++;
		this.owed = this.owed.add(amount);
		this.since.merge(committed, 1, Integer::sum);
	}

	void remove(BigInteger amount, Instant committed) {
		this.open--;
		this.owed = this.owed.subtract(amount);
		this.since.computeIfPresent(committed, (at, count) -> (count > 1) ? count - 1 : null);
	}

	/** Count what a payer could not pay; less than nothing where that was collected. */
	void addDefaulted(BigInteger amount) {
		this.defaulted = this.defaulted.add(amount);
	}

	boolean isNothing() {
		return this.open == 0 && this.defaulted.signum() == 0;
	}

	OwedSum sum() {
		return new OwedSum(this.account, this.open, this.owed, oldest(), this.defaulted);
	}

	private @Nullable Instant oldest() {
		return this.since.isEmpty() ? null : this.since.firstKey();
	}

}
