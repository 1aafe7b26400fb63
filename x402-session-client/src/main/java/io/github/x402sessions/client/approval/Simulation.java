package io.github.x402sessions.client.approval;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code simulateTransaction}.
 *
 * @param transactionData the resources and their fee, base64 XDR; empty after a failure
 * @param error why the call would fail; absent if it would not
 */
record Simulation(String transactionData, @Nullable String error) {

	Simulation {
		transactionData = (transactionData != null) ? transactionData : "";
	}

}
