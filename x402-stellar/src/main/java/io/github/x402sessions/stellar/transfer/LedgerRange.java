package io.github.x402sessions.stellar.transfer;

/**
 * The ledgers that a node remembers.
 *
 * @param oldest the oldest one
 * @param latest the latest one
 */
public record LedgerRange(long oldest, long latest) {
}
