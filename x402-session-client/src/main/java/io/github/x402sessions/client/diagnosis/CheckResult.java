package io.github.x402sessions.client.diagnosis;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at. Texts are one line each; what strangers wrote in them is
 * cut and has no control characters.
 *
 * @param level how it is
 * @param topic what was looked at, in a word or two
 * @param text what was found
 * @param advice what to do; {@code null} where there is nothing to do
 */
public record CheckResult(Level level, String topic, String text, @Nullable String advice) {

	/**
	 * Check the fields.
	 */
	public CheckResult {
		Objects.requireNonNull(level, "level");
		Objects.requireNonNull(topic, "topic");
		Objects.requireNonNull(text, "text");
	}

	/** The state of what was looked at. */
	public enum Level {

		/** It is as it should be. */
		OK,

		/** A payment works, or it is not known that it does not; somebody should look. */
		WARN,

		/** No payment works until this is mended. */
		FAIL

	}

}
