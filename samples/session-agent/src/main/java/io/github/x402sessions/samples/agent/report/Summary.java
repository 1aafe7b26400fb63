package io.github.x402sessions.samples.agent.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Result of all calls.
 *
 * @param calls how many were made
 * @param paid how many were paid
 * @param spent what the session has spent or is committed to pay, as a decimal
 * @param remaining what it has left, as a decimal
 * @param deferred what became of those that are settled later on; absent if none is
 * @param symbol what people call the asset; for people only
 */
public record Summary(int calls, int paid, String spent, String remaining,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeferredCalls deferred, @JsonIgnore String symbol) {

	@JsonIgnore
	public boolean isAllPaid() {
		return this.paid == this.calls;
	}

}
