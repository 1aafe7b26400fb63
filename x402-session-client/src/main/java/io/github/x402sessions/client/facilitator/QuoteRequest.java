package io.github.x402sessions.client.facilitator;

/**
 * The body of {@code POST /sessions/quote}.
 *
 * @param user the account that pays
 * @param asset the asset's contract id
 * @param recipient the only address that the session pays
 * @param cap the most it may spend, base units
 * @param expiresIn how long it lives, seconds
 * @param network the network as a CAIP-2 id
 */
public record QuoteRequest(String user, String asset, String recipient, String cap, long expiresIn, String network) {
}
