package io.github.x402sessions.facilitator.rpc;

/**
 * The latest ledger that a node has closed.
 *
 * @param sequence the ledger's number
 * @param closeTime when it closed, Unix seconds; 0 where the node does not say
 */
public record LatestLedger(long sequence, long closeTime) {
}
