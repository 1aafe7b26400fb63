package io.github.x402sessions.devnet.rpc;

import io.github.x402sessions.devnet.network.LocalNetwork;

/**
 * Tells the inclusion fees of late: always the least, since ledgers here are never full.
 */
final class GetFeeStats implements RpcMethod {

	private static final int WINDOW = 50;

	private final LocalNetwork network;

	GetFeeStats(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		String least = "100";
		Distribution fees = new Distribution(least, least, least, least, least, least, least, least, least, least,
				least, least, least, least, "0", WINDOW);
		return new Reply(fees, fees, this.network.node().latest().sequence());
	}

	record Reply(Distribution sorobanInclusionFee, Distribution inclusionFee, long latestLedger) {
	}

	record Distribution(String max, String min, String mode, String p10, String p20, String p30, String p40, String p50,
			String p60, String p70, String p80, String p90, String p95, String p99, String transactionCount,
			int ledgerCount) {
	}

}
