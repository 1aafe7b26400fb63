package io.github.x402sessions.facilitator.settlement;

import java.time.Instant;
import java.util.function.Function;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.jspecify.annotations.Nullable;

/**
 * The result of a settlement at the time its caller is answered.
 */
public sealed interface SettlementResult {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param settled what to make of money that moved
	 * @param onHold what to make of an amount that is held from now on
	 * @param unconcluded what to make of a payment that the caller has to conclude
	 * @param conflict what to make of an identifier of another payment
	 * @param duplicate what to make of a payment that somebody was told of
	 * @param capExceeded what to make of an account without that much
	 * @param refused what to make of a transfer that the chain refuses
	 * @param notSent what to make of one that was not sent
	 * @param pending what to make of one that is on its way
	 * @return the result of the case
	 */
	<T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold, Function<Unconcluded, T> unconcluded,
			Function<Conflict, T> conflict, Function<Duplicate, T> duplicate, Function<CapExceeded, T> capExceeded,
			Function<Refused, T> refused, Function<NotSent, T> notSent, Function<Pending, T> pending);

	/**
	 * Return that the caller is told of it, to be taken back if it does not hear it;
	 * {@code null} where it is told as often as it asks.
	 */
	default @Nullable OutcomeDelivery delivery() {
		return null;
	}

	/**
	 * The money moved, or is committed.
	 *
	 * @param transaction the transaction's hash, or the commitment's name
	 * @param balance the balance of the account after it
	 * @param replayed whether somebody was told of it before
	 * @param calls how many calls the transaction paid for, this one among them
	 * @param delivery that this caller is told of it, to be taken back if it does not
	 * hear it; absent where it is told as often as it asks
	 * @param settleBefore the last ledger in which what is committed settles, where the
	 * transaction is a commitment's name; absent where the money has moved
	 */
	record Settled(String transaction, FundingBalance balance, boolean replayed, int calls,
			@Nullable OutcomeDelivery delivery, @Nullable Long settleBefore) implements SettlementResult {

		/**
		 * Return the result of a payment that is committed for the first time.
		 * @param commitment the commitment's name
		 * @param balance what the account has then
		 * @param delivery that the caller is told of it; absent where it is told as often
		 * as it asks
		 * @param settleBefore the last ledger in which it settles
		 * @return the result
		 */
		public static Settled deferred(String commitment, FundingBalance balance, @Nullable OutcomeDelivery delivery,
				@Nullable Long settleBefore) {
			return new Settled(commitment, balance, false, 1, delivery, settleBefore);
		}

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return settled.apply(this);
		}

		Settled told(OutcomeDelivery delivery) {
			return new Settled(this.transaction, this.balance, this.replayed, this.calls, delivery, this.settleBefore);
		}

	}

	/**
	 * An amount is held for the payment, as its caller has asked.
	 *
	 * @param commitment the name of what it becomes
	 * @param balance the balance of the account besides it
	 * @param replayed whether somebody was told of it before
	 * @param delivery that this caller is told of it, to be taken back if it does not
	 * hear it; absent where it is told as often as it asks
	 * @param settleBefore the last ledger in which it settles
	 * @param until until when it is held
	 */
	record OnHold(String commitment, FundingBalance balance, boolean replayed, @Nullable OutcomeDelivery delivery,
			long settleBefore, Instant until) implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return onHold.apply(this);
		}

	}

	/**
	 * The payment is held, and its caller has to conclude it: to settle it for what it
	 * costs, or to release it.
	 *
	 * @param payment the payment
	 */
	record Unconcluded(KnownPayment payment) implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return unconcluded.apply(this);
		}

	}

	/** The payment identifier, or its alias, was used for another payment. */
	record Conflict() implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return conflict.apply(this);
		}

	}

	/** The payment was settled before, and that was told to somebody. */
	record Duplicate() implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return duplicate.apply(this);
		}

	}

	/** The account has not that much left. */
	record CapExceeded() implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return capExceeded.apply(this);
		}

	}

	/**
	 * The chain refuses the transfer. Nothing moved.
	 *
	 * @param failure why
	 */
	record Refused(TransferFailure failure) implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return refused.apply(this);
		}

	}

	/**
	 * Nothing moved and nothing will, for reasons that are not the payer's. Another try
	 * may do better.
	 *
	 * @param reason why, in a sentence that is fit for a stranger
	 * @param mayHaveCost whether a transaction of it may have failed in a ledger, which
	 * takes its fee
	 */
	record NotSent(String reason, boolean mayHaveCost) implements SettlementResult {

		/**
		 * Create the result of what was in no ledger.
		 * @param reason why, in a sentence that is fit for a stranger
		 */
		public NotSent(String reason) {
			this(reason, false);
		}

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return notSent.apply(this);
		}

	}

	/**
	 * The transaction is on its way; what it is for stays reserved until it ends.
	 *
	 * @param transaction the transaction's hash; empty while the first of several calls
	 * with one identifier is still preparing it
	 */
	record Pending(String transaction) implements SettlementResult {

		@Override
		public <T> T fold(Function<Settled, T> settled, Function<OnHold, T> onHold,
				Function<Unconcluded, T> unconcluded, Function<Conflict, T> conflict, Function<Duplicate, T> duplicate,
				Function<CapExceeded, T> capExceeded, Function<Refused, T> refused, Function<NotSent, T> notSent,
				Function<Pending, T> pending) {
			return pending.apply(this);
		}

	}

}
