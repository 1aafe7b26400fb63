package io.github.x402sessions.devnet.rpc;

import java.time.Duration;

import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.network.LocalNetwork;

/**
 * Reports whether ledgers still close, and which are remembered.
 */
final class GetHealth implements RpcMethod {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final LocalNetwork network;

	private final Duration interval;

	GetHealth(LocalNetwork network, Duration interval) {
		this.network = network;
		this.interval = interval;
	}

	@Override
	public Reply call(Params params) {
		LedgerHistory.Range range = this.network.node().range();
		long age = this.network.clock().instant().getEpochSecond() - range.latest().closeTime();
		if (!this.interval.isZero() && age > PATIENCE.plus(this.interval).toSeconds()) {
			throw new JsonRpcException(JsonRpcException.INTERNAL_ERROR,
					"latency (%ds) since last known ledger closed is too high (>30s)".formatted(age));
		}
		return new Reply("healthy", range.latest().sequence(), Long.toString(range.latest().closeTime()),
				range.oldest().sequence(), Long.toString(range.oldest().closeTime()), LedgerHistory.RETENTION);
	}

	record Reply(String status, long latestLedger, String latestLedgerCloseTime, long oldestLedger,
			String oldestLedgerCloseTime, int ledgerRetentionWindow) {
	}

}
