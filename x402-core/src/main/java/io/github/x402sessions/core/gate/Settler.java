package io.github.x402sessions.core.gate;

import java.time.Duration;

import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.once.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a verified payment settled and judges what the facilitator says of it. Only a
 * receipt that fits what was asked counts; whatever else leaves a doubt is an unknown
 * outcome.
 */
final class Settler {

	/** The payment's identifier belongs to another payment. */
	static final String SPENT = "payment_identifier_conflict";

	/** The payment was settled before, and somebody was told. */
	private static final String DUPLICATE = "duplicate_settlement";

	private static final Logger logger = LoggerFactory.getLogger(Settler.class);

	/** The facilitator took the payment but does not know its outcome yet. */
	private static final String PENDING = "settlement_pending";

	/** The longest reason, payer or transaction that is passed on, characters. */
	private static final int MAX_NAME_LENGTH = 256;

	private final Repetition repetition;

	Settler(Repetition repetition) {
		this.repetition = repetition;
	}

	/**
	 * Settle a payment.
	 * @param repeated whether it may have been asked for before, for the same answer
	 */
	SettlementOutcome settle(PaymentDecision.Verified verified, boolean repeated) {
		SettlementOutcome outcome = attempt(verified, repeated);
		if (!verified.repeatable()) {
			return outcome;
		}
		int seconds = verified.request().paymentRequirements().maxTimeoutSeconds();
		return this.repetition.whileUnknown(outcome, Duration.ofSeconds(seconds), () -> attempt(verified, true));
	}

	private static SettlementOutcome attempt(PaymentDecision.Verified verified, boolean repeated) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		try {
			SettleResponse answer = verified.facilitator().settle(verified.request());
			boolean before = DUPLICATE.equals(answer.errorReason())
					|| (answer.success() && PaymentIdentifier.isReplayed(answer));
			if (SPENT.equals(answer.errorReason()) || (before && !repeated)) {
				return SettlementOutcome.AlreadySpent.on(asked.network());
			}
			if (answer.success()) {
				return settled(verified, answer);
			}
			if (before) {
				return unknown(verified, "the facilitator says that it has settled, but not to whom it told that");
			}
			return PENDING.equals(answer.errorReason()) ? unknown(verified, "the facilitator says it is pending")
					: refused(verified.required(), answer, asked.network());
		}
		catch (RuntimeException ex) {
			return repeated ? unknown(verified, String.valueOf(ex.getMessage())) : failed(verified, ex);
		}
	}

	/** After a first attempt alone it can be certain that no money moved. */
	private static SettlementOutcome failed(PaymentDecision.Verified verified, RuntimeException failure) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		if (failure instanceof FacilitatorAccessException) {
			return notMade(asked, failure, false);
		}
		if (failure instanceof FacilitatorUnavailableException unavailable && unavailable.isUnsent()) {
			return notMade(asked, failure, true);
		}
		return unknown(verified, String.valueOf(failure.getMessage()));
	}

	/** A receipt that contradicts what was asked is not believed. */
	private static SettlementOutcome settled(PaymentDecision.Verified verified, SettleResponse answer) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		boolean samePayer = verified.payer() == null || answer.payer() == null
				|| verified.payer().equals(answer.payer());
		boolean sameAmount = answer.amount() == null || answer.amount().equals(asked.amount());
		boolean bounded = answer.transaction().length() <= MAX_NAME_LENGTH
				&& (answer.payer() == null || answer.payer().length() <= MAX_NAME_LENGTH);
		if (!bounded || answer.transaction().isBlank() || !answer.network().equals(asked.network()) || !samePayer
				|| !sameAmount) {
			return unknown(verified,
					"the facilitator's receipt does not match what was verified: payer " + printable(answer.payer())
							+ ", amount " + printable(answer.amount()) + ", transaction "
							+ printable(answer.transaction()));
		}
		return new SettlementOutcome.Settled(answer);
	}

	private static SettlementOutcome refused(PaymentRequired required, SettleResponse answer, String network) {
		String reason = reason(answer.errorReason(), "settlement_failed");
		SettleResponse response = SettleResponse.failure(reason, answer.errorMessage(), network);
		return new SettlementOutcome.Refused(response, required.withError(reason));
	}

	/** Whether a payment is refused because it has bought something before. */
	static boolean isSpent(@Nullable String reason) {
		return SPENT.equals(reason) || DUPLICATE.equals(reason);
	}

	/** What a facilitator names goes into headers, so it has to be short. */
	static String reason(@Nullable String named, String otherwise) {
		return (named == null) ? otherwise : named.substring(0, Math.min(named.length(), MAX_NAME_LENGTH));
	}

	/** What a facilitator says goes into logs, on one line. */
	private static String printable(@Nullable String text) {
		return (text == null) ? "none"
				: text.substring(0, Math.min(text.length(), MAX_NAME_LENGTH)).replaceAll("[^\\x21-\\x7E]", "?");
	}

	private static SettlementOutcome notMade(PaymentRequirements asked, RuntimeException failure, boolean temporary) {
		logger.error("A settlement of {} base units on {} was not made: {}", asked.amount(), asked.network(),
				failure.getMessage());
		return new SettlementOutcome.NotMade(SettleResponse.failure("settlement_not_made", null, asked.network()),
				temporary);
	}

	/** Whoever reads this has to find the settlement at the facilitator. */
	private static SettlementOutcome unknown(PaymentDecision.Verified verified, String why) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		logger.error(
				"The outcome of a settlement of {} base units on {} is unknown (payer {}, payTo {}, payment identifier "
						+ "{}): {}",
				asked.amount(), asked.network(), printable(verified.payer()), asked.payTo(),
				verified.identifier().orElse("none"), why);
		return new SettlementOutcome.Unknown(SettleResponse.failure("settlement_unknown", null, asked.network()));
	}

}
