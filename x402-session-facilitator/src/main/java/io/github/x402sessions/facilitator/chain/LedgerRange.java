package io.github.x402sessions.facilitator.chain;

/**
 * The ledgers that a node remembers.
 *
 * @param oldest the oldest one
 * @param latest the latest one
 */
public record LedgerRange(long oldest, long latest) {
}
