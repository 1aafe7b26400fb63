package io.github.x402sessions.devnet.junit;

import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

/**
 * A {@link DevnetTest} as it is by default.
 */
@DevnetTest
class DevnetIntervalTests {

	@Test
	void ledgersCloseByThemselves(StellarDevnet devnet) {
		long ledger = devnet.latestLedger();
		Eventually.isTrue(() -> devnet.latestLedger() > ledger + 1);
	}

}
