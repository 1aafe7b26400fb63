package io.github.x402sessions.stellar.rpc;

import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that counts as failing until it is known to serve the network that is
 * configured; every signature covers that network's passphrase. Asks until it is so, then
 * never again. Thread-safe.
 */
public final class OwnNetworkRpc extends DelegatingRpc {

	private static final Logger logger = LoggerFactory.getLogger(OwnNetworkRpc.class);

	private final StellarRpc node;

	private final String passphrase;

	private volatile boolean confirmed;

	/**
	 * Create it.
	 * @param node the node
	 * @param passphrase the passphrase of the network that is configured
	 */
	public OwnNetworkRpc(StellarRpc node, String passphrase) {
		this.node = node;
		this.passphrase = passphrase;
	}

	@Override
	protected <T> T ask(Function<StellarRpc, T> question) {
		if (!this.confirmed) {
			confirm();
		}
		return question.apply(this.node);
	}

	private void confirm() {
		if (!this.passphrase.equals(this.node.networkPassphrase())) {
			logger.error("The Stellar RPC does not serve '{}': it is not asked anything else", this.passphrase);
			throw new RpcException("the Stellar RPC serves another network", null);
		}
		this.confirmed = true;
	}

}
