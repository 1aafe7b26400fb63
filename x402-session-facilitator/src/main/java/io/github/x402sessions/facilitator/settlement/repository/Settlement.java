package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * One payment that is being made from a session.
 *
 * @param id its name in the books
 * @param sessionKey the session's name in the store
 * @param transfer what is transferred
 * @param lastLedger the last ledger that the session can pay in
 */
public record Settlement(String id, String sessionKey, Transfer transfer, long lastLedger) {
}
