package io.github.x402sessions.client.facilitator;

/**
 * The body of {@code POST /sessions/{id}/close}.
 *
 * @param transaction the signed approval for the facilitator to send, base64 XDR
 */
record RevocationBody(String transaction) {
}
