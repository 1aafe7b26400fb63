package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the node serves the network that is configured; every signature covers
 * that network's passphrase. Asks until it is so, then never again. Thread-safe.
 */
public final class NetworkCheck {

	private static final Logger logger = LoggerFactory.getLogger(NetworkCheck.class);

	private final StellarRpc rpc;

	private final String passphrase;

	private volatile boolean confirmed;

	/**
	 * Create a check.
	 * @param rpc the node to ask
	 * @param passphrase the passphrase of the network that is configured
	 */
	public NetworkCheck(StellarRpc rpc, String passphrase) {
		this.rpc = rpc;
		this.passphrase = passphrase;
	}

	/**
	 * Require that the node serves our network.
	 * @throws RpcException if it serves another or does not say
	 */
	public void require() {
		if (this.confirmed) {
			return;
		}
		if (!this.passphrase.equals(this.rpc.networkPassphrase())) {
			logger.error("The Stellar RPC does not serve '{}': nothing is settled", this.passphrase);
			throw new RpcException("the Stellar RPC serves another network", null);
		}
		this.confirmed = true;
	}

}
