package io.github.x402sessions.facilitator.deferred;

/**
 * Standing of a payer for a payment that may be committed, by the word of the chain.
 *
 * @param spender who takes what it has allowed
 * @param funds what it has
 * @param settleBefore the last ledger that may apply the payment
 */
record PayerStanding(String spender, PayerFunds funds, long settleBefore) {
}
