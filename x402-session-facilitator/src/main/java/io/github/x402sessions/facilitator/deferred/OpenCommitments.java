package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.time.Instant;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * The commitments between the same parties that are in no transaction.
 *
 * @param parties payer, asset and recipient
 * @param count how many
 * @param amount what they come to, base units
 * @param oldest when the first of them was made
 * @param settleBefore the first ledger after which one of them can no longer be settled
 */
public record OpenCommitments(Parties parties, int count, BigInteger amount, Instant oldest, long settleBefore) {
}
