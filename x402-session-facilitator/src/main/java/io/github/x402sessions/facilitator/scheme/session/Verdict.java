package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.util.function.Function;

import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * The policy's verdict on a payment.
 */
sealed interface Verdict {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param payable what to make of a payment that may be settled
	 * @param refused what to make of one that may not
	 * @return the result of the case
	 */
	<T> T fold(Function<Payable, T> payable, Function<Refused, T> refused);

	/**
	 * It may be settled now.
	 *
	 * @param session the session that pays
	 * @param amount what is paid, base units
	 */
	record Payable(Session session, BigInteger amount) implements Verdict {

		@Override
		public <T> T fold(Function<Payable, T> payable, Function<Refused, T> refused) {
			return payable.apply(this);
		}

		Transfer transfer() {
			return new Transfer(this.session.terms().asset(), this.session.terms().payer(),
					this.session.terms().recipient(), this.amount);
		}

		/** Return the order to pay it from the session's account. */
		TransferOrder order(FundingSource account) {
			return new TransferOrder(account, transfer(), this.session.lastLedger());
		}

	}

	/**
	 * It may not.
	 *
	 * @param reason why
	 * @param message why, in a sentence
	 * @param byRecipient whether it is the recipient who may not be paid: nobody is to
	 * blame its payer for that
	 */
	record Refused(Reason reason, String message, boolean byRecipient) implements Verdict {

		Refused(Reason reason, String message) {
			this(reason, message, false);
		}

		@Override
		public <T> T fold(Function<Payable, T> payable, Function<Refused, T> refused) {
			return refused.apply(this);
		}

	}

}
