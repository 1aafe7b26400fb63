package io.github.x402sessions.facilitator.chain.transfer;

/**
 * Who pays whom in what.
 *
 * @param asset the asset's contract
 * @param from who pays
 * @param to who receives
 */
public record Parties(String asset, String from, String to) {
}
