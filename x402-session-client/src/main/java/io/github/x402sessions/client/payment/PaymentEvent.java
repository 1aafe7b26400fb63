package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the money of a session. No event shows the session's id;
 * their texts show amounts in whole tokens.
 */
public sealed interface PaymentEvent {

	/**
	 * The outcome of one call that was to be paid.
	 */
	sealed interface Outcome extends PaymentEvent {

		/**
		 * Decide by cases.
		 * @param <T> the type of the result
		 * @param paid what to make of a payment
		 * @param refused what to make of a refusal
		 * @param unknown what to make of a payment that may have been settled
		 * @param declined what to make of a call that was not paid
		 * @param overcharged what to make of a receipt that shows too much
		 * @return the result of the case
		 */
		<T> T fold(Function<Paid, T> paid, Function<Refused, T> refused, Function<Unknown, T> unknown,
				Function<Declined, T> declined, Function<Overcharged, T> overcharged);

	}

	/**
	 * A call was paid.
	 *
	 * @param url what was called
	 * @param asset what it was paid with
	 * @param receipt the server's receipt
	 */
	record Paid(URI url, Asset asset, PaymentReceipt receipt) implements Outcome {

		@Override
		public <T> T fold(Function<Paid, T> paid, Function<Refused, T> refused, Function<Unknown, T> unknown,
				Function<Declined, T> declined, Function<Overcharged, T> overcharged) {
			return paid.apply(this);
		}

		@Override
		public String toString() {
			return "Paid[url=" + this.url + ", receipt=" + this.receipt.describe(this.asset) + "]";
		}

	}

	/**
	 * A payment was sent and the server says that it was not settled.
	 *
	 * @param url what was called
	 * @param status the HTTP status of the answer
	 * @param reason the server's reason, such as {@code cap_exceeded}, from its receipt
	 * or else its challenge; {@code no reason given} if it gave none
	 */
	record Refused(URI url, int status, String reason) implements Outcome {

		private static final int PAYMENT_REQUIRED = 402;

		@Override
		public <T> T fold(Function<Paid, T> paid, Function<Refused, T> refused, Function<Unknown, T> unknown,
				Function<Declined, T> declined, Function<Overcharged, T> overcharged) {
			return refused.apply(this);
		}

		/**
		 * Tell whether this proves that nothing was settled under the payment's
		 * identifier, by no earlier request either.
		 * @return whether it does
		 */
		public boolean isProofOfNoSettlement() {
			return this.status == PAYMENT_REQUIRED && !"payment_identifier_conflict".equals(this.reason);
		}
	}

	/**
	 * A payment was sent and it is not known whether it was settled: there is no answer,
	 * or one that does not tell, such as a gateway's 504. A call that carried an
	 * {@code Idempotency-Key} can be repeated with it and is charged once, where the
	 * server honours payment identifiers.
	 *
	 * @param url what was called
	 * @param asset what it may have been paid with
	 * @param amount what it may have cost, base units
	 * @param why why that is not known
	 */
	record Unknown(URI url, Asset asset, BigInteger amount, String why) implements Outcome {

		@Override
		public <T> T fold(Function<Paid, T> paid, Function<Refused, T> refused, Function<Unknown, T> unknown,
				Function<Declined, T> declined, Function<Overcharged, T> overcharged) {
			return unknown.apply(this);
		}

		@Override
		public String toString() {
			return "Unknown[url=" + this.url + ", amount=" + this.asset.describe(this.amount) + ", why=" + this.why
					+ "]";
		}

	}

	/**
	 * A server asked for money and got none: the 402 went to the caller.
	 *
	 * @param url what was called
	 * @param reason why it was not paid
	 * @param asked what was asked, as far as it could be read
	 * @param why what was wrong with it, for people; {@code null} where the reason says
	 * it all
	 */
	record Declined(URI url, DeclineReason reason, @Nullable PaymentRequirements asked,
			@Nullable String why) implements Outcome {

		/**
		 * Tell of a reason that says it all.
		 * @param url what was called
		 * @param reason why it was not paid
		 * @param asked what was asked, as far as it could be read
		 */
		public Declined(URI url, DeclineReason reason, @Nullable PaymentRequirements asked) {
			this(url, reason, asked, null);
		}

		@Override
		public <T> T fold(Function<Paid, T> paid, Function<Refused, T> refused, Function<Unknown, T> unknown,
				Function<Declined, T> declined, Function<Overcharged, T> overcharged) {
			return declined.apply(this);
		}

		@Override
		public String toString() {
			return "Declined[url=" + this.url + ", reason=" + this.reason + ", asked=" + price()
					+ ((this.why != null) ? ", why=" + this.why : "") + "]";
		}

		private String price() {
			PaymentRequirements price = this.asked;
			if (price == null) {
				return "unknown";
			}
			try {
				return Asset.describe(price.asset(), price.baseUnits());
			}
			catch (MalformedMessageException ex) {
				return price.amount() + " of " + price.asset();
			}
		}

	}

	/**
	 * A receipt shows more than the server had asked. Nothing more is paid with this
	 * session.
	 *
	 * @param url what was called
	 * @param asset what it was paid with
	 * @param accepted what was agreed, base units
	 * @param receipt the server's receipt
	 */
	record Overcharged(URI url, Asset asset, BigInteger accepted, PaymentReceipt receipt) implements Outcome {

		@Override
		public <T> T fold(Function<Paid, T> paid, Function<Refused, T> refused, Function<Unknown, T> unknown,
				Function<Declined, T> declined, Function<Overcharged, T> overcharged) {
			return overcharged.apply(this);
		}

		@Override
		public String toString() {
			return "Overcharged[url=" + this.url + ", accepted=" + this.asset.describe(this.accepted) + ", receipt="
					+ this.receipt.describe(this.asset) + "]";
		}

	}

	/**
	 * The session has little left. Told once per session, and perhaps again where it was
	 * told because of an amount that is only set aside, once it is known what that came
	 * to.
	 *
	 * @param asset what it pays with
	 * @param remaining what it may still spend by the last receipt, base units
	 */
	record LowFunds(Asset asset, BigInteger remaining) implements PaymentEvent {

		@Override
		public String toString() {
			return "LowFunds[remaining=" + this.asset.describe(this.remaining) + "]";
		}

	}

	/**
	 * The session ends soon. Told once per session.
	 *
	 * @param expiresAt about when, by the network's usual pace
	 */
	record ExpiresSoon(Instant expiresAt) implements PaymentEvent {
	}

	/**
	 * Another session has followed, and pays from now on.
	 *
	 * @param asset what it pays with
	 * @param cap what it may spend, base units
	 * @param expirationLedger the last ledger in which it may spend
	 */
	record Renewed(Asset asset, BigInteger cap, long expirationLedger) implements PaymentEvent {

		@Override
		public String toString() {
			return "Renewed[cap=" + this.asset.describe(this.cap) + ", expirationLedger=" + this.expirationLedger + "]";
		}

	}

	/**
	 * No session has followed. The old one goes on as long as it can.
	 *
	 * @param why why not, and what happened to the money
	 */
	record NotRenewed(String why) implements PaymentEvent {
	}

}
