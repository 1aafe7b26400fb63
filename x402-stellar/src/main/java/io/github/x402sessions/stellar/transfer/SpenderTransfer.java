package io.github.x402sessions.stellar.transfer;

/**
 * A transfer that the spender has made.
 *
 * @param transaction the hash of the spender's transaction; whoever has paid more for its
 * fee has put it into another one
 * @param ledger the ledger that applied it
 * @param transfer what was transferred
 */
public record SpenderTransfer(String transaction, long ledger, Transfer transfer) {
}
