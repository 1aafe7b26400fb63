package io.github.x402sessions.devnet.transaction.validity;

/**
 * The ledger and the close times for which a transaction is checked.
 *
 * @param ledger the ledger that would hold it
 * @param closeTime the earliest close time it could see, in seconds since 1970
 * @param latestCloseTime the latest close time it could see, in seconds since 1970
 */
public record ValidityWindow(long ledger, long closeTime, long latestCloseTime) {
}
