package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.jspecify.annotations.Nullable;

/**
 * The result of a settlement at the time its caller is answered.
 */
public sealed interface SettlementResult {

	/**
	 * The money moved.
	 *
	 * @param transaction the transaction's hash
	 * @param balance the balance of the account after it
	 * @param replayed whether somebody was told of it before
	 * @param calls how many calls the transaction paid for, this one among them
	 * @param delivery that this caller is told of it, to be taken back if it does not
	 * hear it; absent where it is told as often as it asks
	 */
	record Settled(String transaction, FundingBalance balance, boolean replayed, int calls,
			@Nullable OutcomeDelivery delivery) implements SettlementResult {

		Settled told(OutcomeDelivery delivery) {
			return new Settled(this.transaction, this.balance, this.replayed, this.calls, delivery);
		}

	}

	/** The payment identifier was used for another payment. */
	record Conflict() implements SettlementResult {
	}

	/** The payment was settled before, and that was told to somebody. */
	record Duplicate() implements SettlementResult {
	}

	/** The account has not that much left. */
	record CapExceeded() implements SettlementResult {
	}

	/**
	 * The chain refuses the transfer. Nothing moved.
	 *
	 * @param failure why
	 */
	record Refused(TransferFailure failure) implements SettlementResult {
	}

	/**
	 * Nothing moved and nothing will, for reasons that are not the payer's. Another try
	 * may do better.
	 *
	 * @param reason why, in a sentence that is fit for a stranger
	 */
	record NotSent(String reason) implements SettlementResult {
	}

	/**
	 * The transaction is on its way; what it is for stays reserved until it ends.
	 *
	 * @param transaction the transaction's hash; empty while the first of several calls
	 * with one identifier is still preparing it
	 */
	record Pending(String transaction) implements SettlementResult {
	}

}
