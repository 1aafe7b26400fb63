package io.github.x402sessions.facilitator.merchant;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.audit.AuditEntry;
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

	/** The longest time that two keys of a rotation are both valid. */
	private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

	/** Nobody wants to be told in a hundred years. */
	private static final Duration LONGEST_LIFETIME = Duration.ofDays(3_650);

	private static final int LONGEST_LABEL = 64;

	/** A number alone is a time of which nobody knows how long it is. */
	private static final Pattern TIME = Pattern.compile("[1-9][0-9]{0,8}[smhd]");

	/**
	 * Check the reason.
	 * @throws MalformedMessageException if it is too long
	 */
	public KeyRequest {
		AuditEntry.requireReasonable(reason);
	}

	/**
	 * Return what it is called, which may be nothing.
	 * @throws InvalidMerchantException if that is too long
	 */
	String labelOrNone() {
		String text = (this.label != null) ? this.label : "";
		if (text.length() > LONGEST_LABEL || text.chars().anyMatch(Character::isISOControl)) {
			throw InvalidMerchantException
				.invalid("'label' must be at most " + LONGEST_LABEL + " characters of a line");
		}
		return text;
	}

	/**
	 * Return when it ends that is made now; absent where it does not.
	 * @throws InvalidMerchantException if that is not to be known
	 */
	@Nullable Instant expires(Instant now) {
		return (this.lifetime != null) ? now.plus(duration(this.lifetime, "lifetime", LONGEST_LIFETIME)) : null;
	}

	/**
	 * Return how long those before it are valid yet.
	 * @return the time; a day where none is given
	 * @throws InvalidMerchantException if it is none
	 */
	Duration overlapOrDay() {
		return (this.overlap != null) ? duration(this.overlap, "overlap", LONGEST_OVERLAP) : Duration.ofDays(1);
	}

	/**
	 * Require that it takes no other one's place.
	 * @throws InvalidMerchantException if it is to
	 */
	void requireNoOverlap() {
		if (this.overlap != null) {
			throw InvalidMerchantException.invalid("'overlap' is for keys that are rotated");
		}
	}

	private static Duration duration(String text, String name, Duration longest) {
		if (TIME.matcher(text).matches()) {
			Duration read = DurationStyle.SIMPLE.parse(text);
			if (read.compareTo(longest) <= 0) {
				return read;
			}
		}
		throw InvalidMerchantException.invalid("'" + name + "' must be a number with s, m, h or d, such as 24h: more"
				+ " than nothing, and at most " + longest.toDays() + "d");
	}

}
