package io.github.x402sessions.devnet.rpc;

import io.github.x402sessions.devnet.network.LocalNetwork;

/**
 * Reports the version of this server, which is not Stellar's own.
 */
final class GetVersionInfo implements RpcMethod {

	private final int protocol;

	GetVersionInfo(LocalNetwork network) {
		this.protocol = network.parameters().protocol();
	}

	@Override
	public Reply call(Params params) {
		return new Reply("x402-stellar-devnet", "0".repeat(40), "2026-11-23T00:00:00", "none", this.protocol);
	}

	record Reply(String version, String commitHash, String buildTimestamp, String captiveCoreVersion,
			int protocolVersion) {
	}

}
