package io.github.x402sessions.core.facilitator.refresh;

import java.time.Instant;

import io.github.x402sessions.core.facilitator.FacilitatorException;
import org.jspecify.annotations.Nullable;

/**
 * The health of a facilitator, as far as it is known from asking what it supports and
 * having payments handled.
 *
 * @param lastSuccess when it last answered; {@code null} if never
 * @param lastFailure when it last failed to; {@code null} if never
 * @param failure why it fails now; {@code null} if the last answer was good or is still
 * awaited, and it handles payments as far as is known
 */
public record FacilitatorState(@Nullable Instant lastSuccess, @Nullable Instant lastFailure,
		@Nullable FacilitatorException failure) {

	/** Nothing has been heard yet. */
	static final FacilitatorState UNKNOWN = new FacilitatorState(null, null, null);

	FacilitatorState succeeded(Instant now) {
		return new FacilitatorState(now, this.lastFailure, null);
	}

	FacilitatorState failed(Instant now, FacilitatorException why) {
		return new FacilitatorState(this.lastSuccess, now, why);
	}

}
