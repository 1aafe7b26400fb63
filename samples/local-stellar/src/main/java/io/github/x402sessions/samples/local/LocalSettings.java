package io.github.x402sessions.samples.local;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link LocalStellar}.
 *
 * @param devnetPort port of the ledger's JSON-RPC; 0 for any free one
 * @param ledgerInterval time between ledgers
 * @param facilitatorPort port of the facilitator; 0 for any free one
 * @param payTo account that is paid, or {@code null} for a new one
 * @param facilitator more properties of the facilitator, without {@code facilitator.}
 * @param devnetHttpsPort port of the ledger's JSON-RPC over HTTPS; 0 for any free one
 */
public record LocalSettings(int devnetPort, Duration ledgerInterval, int facilitatorPort, @Nullable String payTo,
		Map<String, String> facilitator, int devnetHttpsPort) {

	/**
	 * Copy the map.
	 */
	public LocalSettings {
		facilitator = Map.copyOf(facilitator);
	}

}
