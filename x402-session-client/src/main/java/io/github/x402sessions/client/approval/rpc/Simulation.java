package io.github.x402sessions.client.approval.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code simulateTransaction}.
 *
 * @param transactionData the resources and their fee, base64 XDR; empty after a failure
 * @param error why the call would fail; absent if it would not
 * @param results what the call would return
 */
public record Simulation(String transactionData, @Nullable String error, List<Returned> results) {

	public Simulation {
		results = (results != null) ? List.copyOf(results) : List.of();
		transactionData = (transactionData != null) ? transactionData : "";
	}

	/**
	 * The value that one call would return.
	 *
	 * @param xdr the value, base64 XDR
	 */
	public record Returned(@Nullable String xdr) {
	}

}
