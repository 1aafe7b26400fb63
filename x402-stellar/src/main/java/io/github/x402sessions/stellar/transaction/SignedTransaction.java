package io.github.x402sessions.stellar.transaction;

/**
 * A transaction that is ready to be sent, and to be written down before it is.
 *
 * @param hash its hash, 64 hex digits
 * @param envelope its envelope's XDR, base64
 * @param source the account that gives its sequence number
 * @param sequence that number
 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
 */
public record SignedTransaction(String hash, String envelope, String source, long sequence, long maxTime) {
}
