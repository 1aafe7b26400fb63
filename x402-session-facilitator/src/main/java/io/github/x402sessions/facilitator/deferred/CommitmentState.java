package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * The state of a commitment, which shows neither who pays nor by which session.
 *
 * @param status what became of it
 * @param transaction the hash of the transaction that carries it; absent while none does
 * @param ledger the ledger that has applied that; absent while none has
 * @param amount what it is for, base units
 */
public record CommitmentState(Status status, @Nullable String transaction, @Nullable Long ledger, BigInteger amount) {

	/** Status of a commitment, by its name in the books. */
	public enum Status {

		/** It is in no transaction yet. */
		COMMITTED,

		/** It is in one that is on its way. */
		SUBMITTED,

		/** The money has moved. */
		CONFIRMED,

		/** The payer cannot pay it, by the chain's own word. */
		DEFAULTED,

		/** It was not paid before its session ended. */
		WRITTEN_OFF

	}

}
