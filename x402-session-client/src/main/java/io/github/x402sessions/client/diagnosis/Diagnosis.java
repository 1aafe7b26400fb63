package io.github.x402sessions.client.diagnosis;

import java.util.List;

/**
 * The results of all checks.
 *
 * @param results the results, in the order in which a payment meets them
 * @param answered whether anybody who was asked gave an answer
 */
public record Diagnosis(List<CheckResult> results, boolean answered) {

	/**
	 * Keep a copy of the list.
	 */
	public Diagnosis {
		results = List.copyOf(results);
	}

	/**
	 * Tell whether a payment should work.
	 * @return whether nothing has failed
	 */
	public boolean isPayable() {
		return this.results.stream().noneMatch((result) -> result.level() == CheckResult.Level.FAIL);
	}

}
