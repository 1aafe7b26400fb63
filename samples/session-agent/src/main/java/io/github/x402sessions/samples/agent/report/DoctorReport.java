package io.github.x402sessions.samples.agent.report;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.x402sessions.client.diagnosis.CheckResult;
import io.github.x402sessions.client.diagnosis.Diagnosis;
import org.jspecify.annotations.Nullable;

/**
 * Results of an examination, for programs.
 *
 * @param payable whether a payment should work
 * @param answered whether anybody who was asked has answered
 * @param checks what was looked at
 */
public record DoctorReport(@JsonProperty boolean payable, @JsonProperty boolean answered,
		@JsonProperty List<Check> checks) {

	public static DoctorReport of(Diagnosis diagnosis) {
		return new DoctorReport(diagnosis.isPayable(), diagnosis.answered(),
				diagnosis.results().stream().map(Check::of).toList());
	}

	/** Such as {@code warn}. */
	public static String word(CheckResult.Level level) {
		return level.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * One thing that was looked at.
	 *
	 * @param level {@code ok}, {@code warn} or {@code fail}
	 * @param topic what was looked at
	 * @param text what was found
	 * @param advice what to do; absent where there is nothing to do
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Check(@JsonProperty String level, @JsonProperty String topic, @JsonProperty String text,
			@JsonProperty @Nullable String advice) {

		static Check of(CheckResult result) {
			return new Check(word(result.level()), result.topic(), result.text(), result.advice());
		}

	}

}
