package io.github.x402sessions.client.approval;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code simulateTransaction}.
 *
 * @param transactionData the resources and their fee, base64 XDR; empty after a failure
 * @param error why the call would fail; absent if it would not
 * @param results what the call would return
 */
record Simulation(String transactionData, @Nullable String error, List<Returned> results) {

	Simulation {
		results = (results != null) ? List.copyOf(results) : List.of();
		transactionData = (transactionData != null) ? transactionData : "";
	}

	/**
	 * What one call would return.
	 *
	 * @param xdr the value, base64 XDR
	 */
	record Returned(@Nullable String xdr) {
	}

}
