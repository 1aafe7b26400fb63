package io.github.x402sessions.devnet.rpc;

import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.devnet.network.LocalNetwork;

/**
 * The methods that the network answers, by name.
 */
public final class RpcMethods {

	private RpcMethods() {
	}

	/**
	 * Binds the methods to a network.
	 * @param interval the time between ledgers, zero if they close by hand
	 * @param friendbot the address to tell clients that want an account
	 */
	public static JsonRpc over(LocalNetwork network, Duration interval, String friendbot) {
		return new JsonRpc(Map.of("getHealth", new GetHealth(network, interval), "getNetwork",
				new GetNetwork(network, friendbot), "getVersionInfo", new GetVersionInfo(network), "getLatestLedger",
				new GetLatestLedger(network), "getFeeStats", new GetFeeStats(network), "getLedgerEntries",
				new GetLedgerEntries(network), "simulateTransaction", new SimulateTransaction(network),
				"sendTransaction", new SendTransaction(network), "getTransaction", new GetTransaction(network)));
	}

}
