package io.github.x402sessions.facilitator.chain;

import java.util.function.Function;

import io.github.x402sessions.facilitator.rpc.RelayedRpc;
import io.github.x402sessions.facilitator.rpc.StellarRpc;

/**
 * A node that counts as failing until it is known to serve our network. Thread-safe.
 */
public final class OwnNetworkRpc extends RelayedRpc {

	private final StellarRpc node;

	private final NetworkCheck network;

	/**
	 * Create it.
	 * @param node the node
	 * @param passphrase the passphrase of the network that is configured
	 */
	public OwnNetworkRpc(StellarRpc node, String passphrase) {
		this.node = node;
		this.network = new NetworkCheck(node, passphrase);
	}

	@Override
	protected <T> T ask(Function<StellarRpc, T> question) {
		this.network.require();
		return question.apply(this.node);
	}

}
