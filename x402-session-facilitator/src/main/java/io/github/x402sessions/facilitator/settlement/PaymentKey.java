package io.github.x402sessions.facilitator.settlement;

/**
 * What makes two requests the same payment: a session settles an id at most once.
 *
 * @param id the client's payment identifier
 * @param terms a hash of what is to be paid, 64 hex digits; under one id it never changes
 */
public record PaymentKey(String id, String terms) {
}
