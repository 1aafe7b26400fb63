package io.github.x402sessions.devnet.rpc;

import io.github.x402sessions.devnet.network.InclusionFees;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;

/**
 * Reports the inclusion fees of the last ledgers.
 */
final class GetFeeStats implements RpcMethod {

	private final LocalNetwork network;

	GetFeeStats(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		Node node = this.network.node();
		return new Reply(Distribution.of(node.callFees()), Distribution.of(node.classicFees()),
				node.latest().sequence());
	}

	record Reply(Distribution sorobanInclusionFee, Distribution inclusionFee, long latestLedger) {
	}

	record Distribution(String max, String min, String mode, String p10, String p20, String p30, String p40, String p50,
			String p60, String p70, String p80, String p90, String p95, String p99, String transactionCount,
			int ledgerCount) {

		static Distribution of(InclusionFees fees) {
			return new Distribution(at(fees, 100), at(fees, 0), Long.toString(fees.mode()), at(fees, 10), at(fees, 20),
					at(fees, 30), at(fees, 40), at(fees, 50), at(fees, 60), at(fees, 70), at(fees, 80), at(fees, 90),
					at(fees, 95), at(fees, 99), Integer.toString(fees.sorted().size()), fees.ledgers());
		}

		private static String at(InclusionFees fees, int percent) {
			return Long.toString(fees.percentile(percent));
		}

	}

}
