package io.github.x402sessions.devnet.rpc;

import io.github.x402sessions.devnet.network.LocalNetwork;

/**
 * Reports the passphrase and the protocol version of the network.
 */
final class GetNetwork implements RpcMethod {

	private final Reply reply;

	GetNetwork(LocalNetwork network, String friendbot) {
		this.reply = new Reply(friendbot, network.parameters().passphrase(), network.parameters().protocol());
	}

	@Override
	public Reply call(Params params) {
		return this.reply;
	}

	record Reply(String friendbotUrl, String passphrase, int protocolVersion) {
	}

}
