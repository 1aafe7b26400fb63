package io.github.x402sessions.facilitator.settlement.recipient;

import java.math.BigInteger;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A settlement as it is since its last change.
 *
 * @param number the number of the change among those of its recipient
 * @param id the settlement's name
 * @param status its status in the books
 * @param amount what is paid, base units
 * @param asset the asset's contract
 * @param transaction the hash of the transaction that carries it; absent while none does
 * @param ledger the ledger that has applied that; absent while none has
 * @param at when it was asked for
 * @param updatedAt when it changed
 * @param payer who pays
 * @param handle the name of the session that pays, which opens nothing; absent where none
 * does
 * @param deferred whether it was committed
 * @param resource the URL that the payer has signed for; absent where nothing was signed,
 * or what was is not kept any more
 */
public record RecordedChange(long number, String id, String status, BigInteger amount, String asset,
		@Nullable String transaction, @Nullable Long ledger, Instant at, Instant updatedAt, String payer,
		@Nullable String handle, boolean deferred, @Nullable String resource) {
}
