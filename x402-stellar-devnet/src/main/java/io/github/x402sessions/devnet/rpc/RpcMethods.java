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
	public static JsonRpcDispatcher over(LocalNetwork network, Duration interval, String friendbot) {
		return new JsonRpcDispatcher(Map.ofEntries(Map.entry("getHealth", new GetHealth(network, interval)),
				Map.entry("getNetwork", new GetNetwork(network, friendbot)),
				Map.entry("getVersionInfo", new GetVersionInfo(network)),
				Map.entry("getLatestLedger", new GetLatestLedger(network)),
				Map.entry("getFeeStats", new GetFeeStats(network)),
				Map.entry("getLedgerEntries", new GetLedgerEntries(network)),
				Map.entry("simulateTransaction", new SimulateTransaction(network)),
				Map.entry("sendTransaction", new SendTransaction(network)),
				Map.entry("getTransaction", new GetTransaction(network)),
				Map.entry("getTransactions", new GetTransactions(network)),
				Map.entry("getLedgers", new GetLedgers(network)), Map.entry("getEvents", new GetEvents(network))));
	}

}
