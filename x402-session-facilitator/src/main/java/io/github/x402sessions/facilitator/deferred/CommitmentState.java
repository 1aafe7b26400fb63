package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.DeferralStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a commitment, which shows neither who pays nor from which account.
 *
 * @param status what became of it
 * @param transaction the hash of the transaction that carries it; absent while none does
 * @param ledger the ledger that has applied that; absent while none has
 * @param amount what it is for, at most while it is held, base units; 0 if that was
 * released
 * @param paymentId the identifier of the payment; absent where it is forgotten
 */
public record CommitmentState(DeferralStatus status, @Nullable String transaction, @Nullable Long ledger,
		BigInteger amount, @Nullable String paymentId) {
}
