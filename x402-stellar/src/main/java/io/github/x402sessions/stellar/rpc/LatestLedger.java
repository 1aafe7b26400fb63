package io.github.x402sessions.stellar.rpc;

/**
 * The latest ledger that a node has closed, and how far back its memory reaches.
 *
 * @param sequence the ledger's number
 * @param closeTime when it closed, Unix seconds; 0 where the node does not say
 * @param oldest the oldest ledger that the node still has
 */
public record LatestLedger(long sequence, long closeTime, long oldest) {
}
