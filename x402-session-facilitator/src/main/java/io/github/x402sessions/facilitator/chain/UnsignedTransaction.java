package io.github.x402sessions.facilitator.chain;

/**
 * A transaction for somebody else to sign.
 *
 * @param hash its hash, 64 hex digits, which signatures do not change
 * @param envelope its envelope's XDR without signatures, base64
 */
public record UnsignedTransaction(String hash, String envelope) {
}
