package io.github.x402sessions.facilitator.merchant;

import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * A key as an operator wants it.
 *
 * @param label what it is called; absent for nothing
 * @param lifetime how long it is valid, such as {@code 90d}; absent for good
 * @param overlap how long those before it are valid yet, such as {@code 24h}, where it
 * takes their place
 * @param reason why, for the audit log; absent where nobody says
 */
public record KeyRequest(@Nullable String label, @Nullable String lifetime, @Nullable String overlap,
		@Nullable String reason) {

	/** Nobody wants to be told in a hundred years. */
	private static final Duration LONGEST = Duration.ofDays(3_650);

	/**
	 * Check the reason.
	 * @throws MalformedMessageException if it is too long
	 */
	public KeyRequest {
		MerchantRequest.requireReasonable(reason);
	}

	String labelOrNone() {
		return (this.label != null) ? this.label : "";
	}

	/** Return when it ends that is made now; absent where it does not. */
	@Nullable Instant expires(Instant now) {
		return (this.lifetime != null) ? now.plus(duration(this.lifetime, "lifetime")) : null;
	}

	/**
	 * Return how long those before it are valid yet.
	 * @return the time; a day where none is given
	 * @throws InvalidMerchantException if it is none
	 */
	public Duration overlapOrDay() {
		return (this.overlap != null) ? duration(this.overlap, "overlap") : Duration.ofDays(1);
	}

	private static Duration duration(String text, String name) {
		try {
			Duration read = DurationStyle.detectAndParse(text);
			if (!read.isNegative() && read.compareTo(LONGEST) <= 0) {
				return read;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// falls through to the same message
		}
		throw InvalidMerchantException.invalid("'" + name + "' must be a time such as 24h or 90d");
	}

}
