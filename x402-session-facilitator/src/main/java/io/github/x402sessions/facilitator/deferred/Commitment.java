package io.github.x402sessions.facilitator.deferred;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * A payment that its recipient was told of before it is on the chain: a row of
 * {@code settlement} whose id is the commitment's.
 *
 * @param id its name, {@code cmt_…}
 * @param account the name of the account that it draws on
 * @param transfer what is to be transferred
 * @param settleBefore the last ledger that may apply the transfer
 */
public record Commitment(String id, String account, Transfer transfer, long settleBefore) {
}
