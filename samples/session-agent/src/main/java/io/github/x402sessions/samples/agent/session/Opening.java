package io.github.x402sessions.samples.agent.session;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * An approval that is on its way, and what it takes to make a session of it if this
 * process ends before. <b>Holds a secret.</b>
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
 * @param secretSessionKey the key that is registered for the session, without which
 * nothing can be made of the approval once it was; {@code null} for a session without one
 */
public record Opening(String facilitator, String rpc, String network, String user, String asset, int assetDecimals,
		String recipient, String cap, String approvalTransaction, @Nullable String secretSessionKey) {

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
		SessionClientBuilder builder = SessionClient.builder()
			.signer(signer)
			.facilitator(URI.create(this.facilitator))
			.rpc(URI.create(this.rpc))
			.network(Network.of(this.network))
			.asset(new Asset(this.asset, this.assetDecimals))
			.recipient(this.recipient)
			.cap(this.cap)
			.expiresIn(Duration.ofHours(1));
		useKey(builder);
		return builder.build().resume(this.approvalTransaction);
	}

	/** The one that was begun with, or none, also where none was known of then. */
	private void useKey(SessionClientBuilder builder) {
		String secret = this.secretSessionKey;
		if (secret == null) {
			builder.sessionKeys(SessionKeys.NONE);
			return;
		}
		SessionKeyPair key = key(secret);
		builder.sessionKey(() -> key);
	}

	private static SessionKeyPair key(String secret) {
		try {
			return SessionKeyPair.ofSecret(secret);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("'secretSessionKey' is " + ex.getMessage());
		}
	}

	private static void require(String value, String name) {
		if (value == null || value.isBlank()) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

	@Override
	public String toString() {
		return "Opening[approvalTransaction=" + this.approvalTransaction + ", secretSessionKey=***]";
	}

}
