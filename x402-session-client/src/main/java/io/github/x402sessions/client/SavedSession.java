package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.x402sessions.client.facilitator.OpenedSession;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A session as it goes on in another process, without the payer's key. <b>Holds
 * secrets:</b> who has {@code secretSessionId} and {@code secretSessionKey} can spend the
 * session; keep it as you keep a password. Several processes can go on with it.
 *
 * @param facilitator the facilitator's base URL
 * @param network the network as a CAIP-2 id
 * @param user the account that pays
 * @param asset the asset's contract id
 * @param assetDecimals how many decimals the asset has
 * @param recipient the only address that is paid
 * @param spender the facilitator's account that spends
 * @param cap the most it may spend, base units
 * @param expirationLedger the last ledger in which it may spend
 * @param approvalTransaction the hash of the approval, hex
 * @param expiresAt about when it ends, epoch seconds
 * @param secretSessionId the session's id, a secret
 * @param secretSessionKey the key that signs the session's payments, a secret;
 * {@code null} if the session has none
 */
public record SavedSession(String facilitator, String network, String user, String asset, int assetDecimals,
		String recipient, String spender, String cap, long expirationLedger, String approvalTransaction, long expiresAt,
		String secretSessionId, @Nullable String secretSessionKey) {

	/**
	 * Check that nothing is missing.
	 * @throws MalformedMessageException if a field is missing, the cap is no number or
	 * the key none
	 */
	public SavedSession {
		require(facilitator, "facilitator");
		require(network, "network");
		require(user, "user");
		require(asset, "asset");
		require(recipient, "recipient");
		require(spender, "spender");
		require(approvalTransaction, "approvalTransaction");
		require(secretSessionId, "secretSessionId");
		if (cap == null || !cap.matches("[0-9]{1,19}")) {
			throw new MalformedMessageException("'cap' must be a whole number of base units");
		}
		key(secretSessionKey);
	}

	private static @Nullable SessionKeyPair key(@Nullable String secret) {
		try {
			return (secret != null) ? SessionKeyPair.ofSecret(secret) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("'secretSessionKey' is " + ex.getMessage());
		}
	}

	/**
	 * Read one.
	 * @param json what {@link #toJson()} wrote
	 * @return the saved session
	 * @throws MalformedMessageException if it is none; the message repeats nothing of it
	 */
	public static SavedSession fromJson(String json) {
		return WireJson.read(json.getBytes(StandardCharsets.UTF_8), SavedSession.class);
	}

	/**
	 * Write it. The text holds a secret.
	 * @return a JSON object
	 */
	public String toJson() {
		return new String(WireJson.write(this), StandardCharsets.UTF_8);
	}

	Asset paidWith() {
		return new Asset(this.asset, this.assetDecimals);
	}

	OpenedSession opened(SessionPlan plan) {
		same(URI.create(this.facilitator).equals(plan.facilitator()), "facilitator");
		same(this.network.equals(plan.network().id()), "network");
		same(this.user.equals(plan.signer().accountId()), "user");
		same(this.asset.equals(plan.asset().id()), "asset");
		same(this.recipient.equals(plan.recipient()), "recipient");
		SessionKeyPair key = key(this.secretSessionKey);
		if (key == null && plan.keys().use() == SessionKeys.REQUIRED) {
			throw new IllegalArgumentException("the session has no key, without which this client has none");
		}
		RegistrationBody registration = new RegistrationBody(this.approvalTransaction, this.user, this.asset,
				this.recipient, this.cap, this.expirationLedger, this.network, null, null,
				(key != null) ? key.publicKey().toString() : null);
		return new OpenedSession(this.secretSessionId, this.spender, registration,
				Instant.ofEpochSecond(this.expiresAt), key);
	}

	private static void same(boolean fits, String name) {
		if (!fits) {
			throw new IllegalArgumentException("the session was opened with another " + name + " than this client's");
		}
	}

	private static void require(@Nullable String value, String name) {
		if (value == null || value.isBlank()) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

	@Override
	public String toString() {
		return "SavedSession[secretSessionId=***, user=" + this.user + ", recipient=" + this.recipient + ", cap="
				+ paidWith().describe(new BigInteger(this.cap)) + ", expirationLedger=" + this.expirationLedger + "]";
	}

}
