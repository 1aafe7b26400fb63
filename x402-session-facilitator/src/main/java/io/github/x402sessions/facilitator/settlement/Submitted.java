package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.chain.SignedTransaction;

/**
 * A settlement whose transaction is written down and may be on the network.
 *
 * @param settlement the settlement
 * @param transaction its transaction
 * @param ledger the latest ledger when it was signed: the transaction is in none before
 */
record Submitted(Settlement settlement, SignedTransaction transaction, long ledger) {
}
