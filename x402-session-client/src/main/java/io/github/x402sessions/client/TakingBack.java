package io.github.x402sessions.client;

/**
 * The body of {@code POST /sessions/{id}/close}.
 *
 * @param transaction the signed approve for the facilitator to send, base64 XDR
 */
record TakingBack(String transaction) {
}
