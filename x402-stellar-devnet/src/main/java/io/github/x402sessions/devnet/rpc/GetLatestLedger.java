package io.github.x402sessions.devnet.rpc;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.xdr.XdrCodec;

/**
 * Reports the latest closed ledger, with its metadata.
 */
final class GetLatestLedger implements RpcMethod {

	private final LocalNetwork network;

	GetLatestLedger(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		Node node = this.network.node();
		ClosedLedger latest = node.latest();
		return new Reply(latest.id(), this.network.parameters().protocol(), latest.sequence(),
				Long.toString(latest.closeTime()), XdrCodec.base64(latest.header()),
				XdrCodec.base64(node.latestCloseMeta(latest).toBytes()));
	}

	record Reply(String id, int protocolVersion, long sequence, String closeTime, String headerXdr,
			String metadataXdr) {
	}

}
