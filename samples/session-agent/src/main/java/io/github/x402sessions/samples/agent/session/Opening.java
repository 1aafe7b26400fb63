package io.github.x402sessions.samples.agent.session;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * An approval that is on its way, and what it takes to make a session of it if this
 * process ends before.
 *
 * @param facilitator the facilitator's base URL
 * @param rpc the chain's RPC URL
 * @param network the network as a CAIP-2 id
 * @param user the account that pays
 * @param asset the asset's contract id
 * @param assetDecimals how many decimals the asset has
 * @param recipient who is paid
 * @param cap the most to spend, as a decimal
 * @param approvalTransaction the hash of the approval, hex
 */
public record Opening(String facilitator, String rpc, String network, String user, String asset, int assetDecimals,
		String recipient, String cap, String approvalTransaction) {

	public Opening {
		require(facilitator, "facilitator");
		require(rpc, "rpc");
		require(network, "network");
		require(user, "user");
		require(asset, "asset");
		require(recipient, "recipient");
		require(cap, "cap");
		require(approvalTransaction, "approvalTransaction");
	}

	/** Sign the proof of ownership once more; nothing is sent to the chain. */
	public Session resume(SessionSigner signer) {
		return SessionClient.builder()
			.signer(signer)
			.facilitator(URI.create(this.facilitator))
			.rpc(URI.create(this.rpc))
			.network(Network.of(this.network))
			.asset(new Asset(this.asset, this.assetDecimals))
			.recipient(this.recipient)
			.cap(this.cap)
			.expiresIn(Duration.ofHours(1))
			.build()
			.resume(this.approvalTransaction);
	}

	private static void require(String value, String name) {
		if (value == null || value.isBlank()) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

}
