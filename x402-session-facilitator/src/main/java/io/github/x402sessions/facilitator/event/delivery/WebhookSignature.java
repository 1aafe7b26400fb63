package io.github.x402sessions.facilitator.event.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is sent to a webhook, as of Standard Webhooks 1.0 (symmetric): HMAC-SHA256
 * of name, time and body. Thread-safe.
 */
final class WebhookSignature {

	private static final String HMAC = "HmacSHA256";

	private final SecretKeySpec key;

	/**
	 * Create it.
	 * @param secret the bytes of the secret
	 */
	WebhookSignature(byte[] secret) {
		this.key = new SecretKeySpec(secret, HMAC);
	}

	/**
	 * Sign a message.
	 * @param id the message's name
	 * @param seconds when it is sent, seconds since 1970
	 * @param body what is sent
	 * @return the value of the header {@code webhook-signature}
	 */
	String of(String id, long seconds, byte[] body) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
			return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has " + HMAC, ex);
		}
	}

	@Override
	public String toString() {
		return "WebhookSignature[…]";
	}

}
