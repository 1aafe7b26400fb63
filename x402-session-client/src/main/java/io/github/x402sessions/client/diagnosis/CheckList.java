package io.github.x402sessions.client.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.core.bazaar.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what was found.
 */
final class CheckList {

	/** Longer texts of strangers say nothing more. */
	private static final int LONGEST = 120;

	private final List<CheckResult> results = new ArrayList<>();

	private boolean answered;

	void ok(String topic, String text) {
		this.results.add(new CheckResult(CheckResult.Level.OK, topic, text, null));
	}

	void warn(String topic, String text, String advice) {
		this.results.add(new CheckResult(CheckResult.Level.WARN, topic, text, advice));
	}

	void fail(String topic, String text, String advice) {
		this.results.add(new CheckResult(CheckResult.Level.FAIL, topic, text, advice));
	}

	/** What a payment needs has to be known; of the rest somebody should look. */
	void unknown(boolean needed, String topic, String text, String advice) {
		CheckResult.Level level = needed ? CheckResult.Level.FAIL : CheckResult.Level.WARN;
		this.results.add(new CheckResult(level, topic, text, advice));
	}

	/** Somebody who was asked has answered. */
	void noteAnswer() {
		this.answered = true;
	}

	/** What a stranger wrote, for a line of ours. */
	static String plain(@Nullable Object text) {
		return Objects.requireNonNullElse(PlainText.of((text != null) ? String.valueOf(text) : null, LONGEST), "''");
	}

	Diagnosis diagnosis() {
		return new Diagnosis(this.results, this.answered);
	}

}
