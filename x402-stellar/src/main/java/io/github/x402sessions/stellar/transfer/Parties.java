package io.github.x402sessions.stellar.transfer;

/**
 * The parties of a payment, and its asset.
 *
 * @param asset the asset's contract
 * @param from who pays
 * @param to who receives
 */
public record Parties(String asset, String from, String to) {
}
