package io.github.x402sessions.facilitator.session.evidence;

/**
 * Evidence of a payment: what the holder of a session's key has signed. Whoever has it
 * can check it, without the facilitator.
 *
 * @param sessionKey the key, base64url
 * @param statement the text that was signed
 * @param signature the signature over its UTF-8, base64url
 */
public record PaymentEvidence(String sessionKey, String statement, String signature) {
}
