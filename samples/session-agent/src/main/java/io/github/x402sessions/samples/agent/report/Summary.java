package io.github.x402sessions.samples.agent.report;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Result of all calls.
 *
 * @param calls how many were made
 * @param paid how many were paid
 * @param spent what the session has spent, as a decimal
 * @param remaining what it has left, as a decimal
 * @param symbol what people call the asset; for people only
 */
public record Summary(int calls, int paid, String spent, String remaining, @JsonIgnore String symbol) {

	@JsonIgnore
	public boolean isAllPaid() {
		return this.paid == this.calls;
	}

}
