package io.github.x402sessions.stellar.transfer;

/**
 * The parties of a payment, and the spender who takes it from the payer's allowance.
 *
 * @param spender the spender's address
 * @param parties who pays whom in which asset
 */
public record SpenderParties(String spender, Parties parties) {
}
