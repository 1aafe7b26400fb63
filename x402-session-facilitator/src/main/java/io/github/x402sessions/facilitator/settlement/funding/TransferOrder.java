package io.github.x402sessions.facilitator.settlement.funding;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * An order to transfer money, as a scheme gives it to the settlement.
 *
 * @param account what it draws on
 * @param transfer who is paid, by whom and how much
 * @param lastLedger the last ledger that may apply it
 */
public record TransferOrder(FundingSource account, Transfer transfer, long lastLedger) {
}
