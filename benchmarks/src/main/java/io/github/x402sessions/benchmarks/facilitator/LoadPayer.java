package io.github.x402sessions.benchmarks.facilitator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.stellar.account.AccountKey;

/**
 * Makes an account's keys, or opens a session and prints what a resource server would
 * send for a call of it.
 */
public final class LoadPayer {

	/** By ledgers of five seconds; those of the runs are much shorter. */
	private static final Duration EXPIRES = Duration.ofDays(5);

	private LoadPayer() {
	}

	/**
	 * Print a new secret and its address, or with arguments the JSON of a call.
	 * @param args nothing; or the payer's secret, the facilitator's URL and the recipient
	 */
	public static void main(String[] args) {
		if (args.length == 0) {
			String secret = AccountKey.randomSecret();
			System.out.println(secret + " " + AccountKey.of(secret).address());
			return;
		}
		System.out.println(call(args[0], URI.create(args[1]), args[2]));
	}

	/**
	 * Open a session and write a call of it.
	 * @param secret the payer's secret
	 * @param facilitator the facilitator's URL
	 * @param recipient who is paid
	 */
	static String call(String secret, URI facilitator, String recipient) {
		Session session = SessionClient.builder()
			.signer(SessionSigner.ofSecret(secret))
			.facilitator(facilitator)
			.recipient(recipient)
			.cap("100")
			.expiresIn(EXPIRES)
			.sessionKeys(SessionKeys.NONE)
			.open();
		return new String(WireJson.write(call(session)), StandardCharsets.UTF_8);
	}

	/** Whoever sends it gives it an identifier. */
	private static Map<String, Object> call(Session session) {
		Map<String, Object> terms = Map.of("scheme", "session", "network", session.network().id(), "amount", "1",
				"asset", session.asset().id(), "payTo", session.recipient(), "maxTimeoutSeconds", 300, "extra",
				Map.of("spender", session.spender()));
		return Map.of("x402Version", 2, "paymentPayload",
				Map.of("x402Version", 2, "accepted", terms, "payload", Map.of("sessionId", session.id()), "extensions",
						Map.of("payment-identifier", Map.of("info", Map.of("id", "PAYMENT-IDENTIFIER")))),
				"paymentRequirements", terms);
	}

}
