package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.http.CallNotMadeException;
import org.jspecify.annotations.Nullable;

/**
 * The trouble with one kind of call, as its failures tell. An outage ends when the
 * facilitator answers anything; a refusal of this server, or a pause because such calls
 * hang, when it answers a call of this kind, or when none was refused for a while.
 * Thread-safe.
 */
final class CallHealth {

	private final InstantSource clock;

	private final Duration memory;

	private final AtomicReference<@Nullable Failing> failing = new AtomicReference<>();

	/**
	 * Create one that knows of no trouble.
	 * @param clock tells when failures are seen
	 * @param memory how long a refusal or a pause is believed without being seen again
	 */
	CallHealth(InstantSource clock, Duration memory) {
		this.clock = clock;
		this.memory = memory;
	}

	/** Note a failure and tell whether it is the first of its kind since an answer. */
	boolean failed(FacilitatorException failure) {
		Instant now = this.clock.instant();
		Failing before = this.failing.getAndUpdate((known) -> (known != null && isLike(known, failure, now))
				? known.seenAt(now) : new Failing(now, now, failure));
		return before == null || !isLike(before, failure, now);
	}

	private boolean isLike(Failing known, FacilitatorException failure, Instant now) {
		return isBelieved(known, now) && known.failure().getClass() == failure.getClass();
	}

	/** A call was answered; tell whether that ends a trouble. */
	boolean answered() {
		return this.failing.get() != null && this.failing.getAndSet(null) != null;
	}

	/** Something else was answered; tell whether that ends a trouble. */
	boolean reachable() {
		Failing known = this.failing.get();
		return known != null && known.isOutage() && this.failing.compareAndSet(known, null);
	}

	/** Whether the facilitator cannot be reached. */
	boolean isOutage() {
		Failing known = this.failing.get();
		return known != null && known.isOutage();
	}

	/** Return what is the trouble now, if anything. */
	@Nullable Failing known() {
		Failing known = this.failing.get();
		return (known != null && isBelieved(known, this.clock.instant())) ? known : null;
	}

	private boolean isBelieved(Failing known, Instant now) {
		return known.isOutage() || now.isBefore(known.seen().plus(this.memory));
	}

	/**
	 * A trouble.
	 *
	 * @param since when it was first seen
	 * @param seen when it was last seen
	 * @param failure the first failure of its kind
	 */
	record Failing(Instant since, Instant seen, FacilitatorException failure) {

		/** Whoever began as not reachable may not be asked by now for the same reason. */
		boolean isOutage() {
			return this.failure instanceof FacilitatorUnavailableException
					&& !(this.failure.getCause() instanceof CallNotMadeException);
		}

		Failing seenAt(Instant now) {
			return new Failing(this.since, now, this.failure);
		}

	}

}
