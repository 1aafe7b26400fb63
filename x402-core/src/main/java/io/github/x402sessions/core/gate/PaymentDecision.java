package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * The decision on a request for a priced resource. Only {@link Verified} lets the request
 * through to its handler.
 */
public sealed interface PaymentDecision {

	/**
	 * Decide by whether the request reaches its handler.
	 * @param <T> the type of the result
	 * @param verified what to make of a payment that can be settled
	 * @param denied what to make of everything else
	 * @return the result of the case
	 */
	<T> T fold(Function<Verified, T> verified, Function<Denied, T> denied);

	/**
	 * The request does not reach its handler.
	 */
	sealed interface Denied extends PaymentDecision {

		/**
		 * Decide by cases.
		 * @param <T> the type of the result
		 * @param challenge what to make of a request without a payment
		 * @param refused what to make of a payment that does not buy the resource
		 * @param unavailable what to make of a facilitator that is of no help
		 * @param settlementUnknown what to make of what may have been settled before
		 * @param notPayable what to make of a route that nobody can pay for
		 * @param identifierSpent what to make of an identifier that was used
		 * @param identifierMissing what to make of a payment without an identifier
		 * @return the result of the case
		 */
		<T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused, Function<Unavailable, T> unavailable,
				Function<SettlementUnknown, T> settlementUnknown, Function<NotPayable, T> notPayable,
				Function<IdentifierSpent, T> identifierSpent, Function<IdentifierMissing, T> identifierMissing);

		@Override
		default <T> T fold(Function<Verified, T> verified, Function<Denied, T> denied) {
			return denied.apply(this);
		}

	}

	/**
	 * No payment came: ask for one.
	 *
	 * @param required the challenge
	 */
	record Challenge(PaymentRequired required) implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return challenge.apply(this);
		}

	}

	/**
	 * A payment came that does not buy the resource: say why and ask again.
	 *
	 * @param required the challenge, with the reason in {@code error}
	 * @param response the facilitator's refusal; {@code null} if it was not asked
	 */
	record Refused(PaymentRequired required, @Nullable SettleResponse response) implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return refused.apply(this);
		}

	}

	/**
	 * It cannot be decided now: the facilitator is of no help.
	 *
	 * @param temporary whether trying again later may help (the facilitator is not
	 * reachable) or not (it refuses this server or answers nonsense)
	 */
	record Unavailable(boolean temporary) implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return unavailable.apply(this);
		}

	}

	/**
	 * A settlement that was made before, or may have been, cannot be asked for now.
	 * Whether the money moved stays unknown.
	 *
	 * @param response a failure with the reason {@code settlement_unknown}
	 */
	record SettlementUnknown(SettleResponse response) implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return settlementUnknown.apply(this);
		}

	}

	/**
	 * Nobody can pay for the route: no facilitator supports any of its kinds of payment.
	 */
	record NotPayable() implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return notPayable.apply(this);
		}

	}

	/**
	 * The payment's identifier was used for another payment.
	 */
	record IdentifierSpent() implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return identifierSpent.apply(this);
		}

	}

	/**
	 * The route takes only payments with an identifier, and this one has none.
	 */
	record IdentifierMissing() implements Denied {

		@Override
		public <T> T fold(Function<Challenge, T> challenge, Function<Refused, T> refused,
				Function<Unavailable, T> unavailable, Function<SettlementUnknown, T> settlementUnknown,
				Function<NotPayable, T> notPayable, Function<IdentifierSpent, T> identifierSpent,
				Function<IdentifierMissing, T> identifierMissing) {
			return identifierMissing.apply(this);
		}

	}

	/**
	 * The payment can be settled: run the handler, then settle.
	 *
	 * @param request what to settle
	 * @param required the challenge to repeat if the settlement is refused, without
	 * extensions that are others each time
	 * @param verdict the facilitator's word
	 * @param facilitator who verified it and alone can settle it
	 * @param repeatable whether asking that facilitator twice settles once: it honours
	 * the payment's identifier
	 * @param route the route that is paid for
	 */
	record Verified(FacilitatorRequest request, PaymentRequired required, VerifyResponse verdict,
			Facilitator facilitator, boolean repeatable, PricedRoute route) implements PaymentDecision {

		@Override
		public <T> T fold(Function<Verified, T> verified, Function<Denied, T> denied) {
			return verified.apply(this);
		}

		/**
		 * Return the address that pays.
		 * @return the address, or {@code null} if the facilitator did not name it
		 */
		public @Nullable String payer() {
			return this.verdict.payer();
		}

		/**
		 * Return the identifier that the facilitator knows the payment by.
		 * @return the client's identifier or, without one, the server's own; empty if the
		 * facilitator does not honour identifiers and the client gave none
		 */
		public Optional<String> identifier() {
			return PaymentIdentifier.of(this.request.paymentPayload()).map(PaymentIdentifier::id);
		}

		/**
		 * Settle less than was verified.
		 * @param baseUnits the amount to settle in base units, from 1 to what was
		 * verified
		 * @return the payment for that amount
		 * @throws IllegalArgumentException if the amount is out of range
		 */
		public Verified charging(BigInteger baseUnits) {
			PaymentRequirements verified = this.request.paymentRequirements();
			if (baseUnits.signum() < 1 || baseUnits.compareTo(verified.baseUnits()) > 0) {
				throw new IllegalArgumentException("the amount to settle must be 1 to " + verified.amount());
			}
			return new Verified(this.request.charging(baseUnits), this.required, this.verdict, this.facilitator,
					this.repeatable, this.route);
		}

	}

}
