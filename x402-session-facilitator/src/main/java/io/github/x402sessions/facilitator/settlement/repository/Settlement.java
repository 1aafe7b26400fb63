package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * One payment that is being made.
 *
 * @param id its name in the books
 * @param account the name of the account that it draws on
 * @param transfer what is transferred
 * @param lastLedger the last ledger that may apply it
 */
public record Settlement(String id, String account, Transfer transfer, long lastLedger) {
}
