package io.github.x402sessions.client.opening;

import org.jspecify.annotations.Nullable;

/**
 * Hears how the opening of a session goes on. Called on the thread that opens it.
 */
@FunctionalInterface
public interface OpeningListener {

	/**
	 * Hear of a step.
	 * @param step what begins now
	 * @param approvalTransaction the hash of the approval, hex, as soon as there is one:
	 * what {@link io.github.x402sessions.client.SessionClient#resume(String)} takes if
	 * this process ends here
	 */
	void on(OpeningStep step, @Nullable String approvalTransaction);

}
