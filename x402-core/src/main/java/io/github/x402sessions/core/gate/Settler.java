package io.github.x402sessions.core.gate;

import java.time.Duration;

import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.scheme.PaymentScheme;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a verified payment settled and judges what the facilitator says of it. Only a
 * receipt that fits what was asked counts; whatever else leaves a doubt is an unknown
 * outcome.
 */
final class Settler {

	/** Nothing was sent: those that were would hold all threads of a server. */
	static final String CROWDED = "too many settlements wait for the facilitator already";

	/** The payment was settled before, and somebody was told. */
	private static final String DUPLICATE = "duplicate_settlement";

	private static final Logger logger = LoggerFactory.getLogger(Settler.class);

	/** The facilitator took the payment but does not know its outcome yet. */
	private static final String PENDING = "settlement_pending";

	/** The longest reason, payer or transaction that is passed on, characters. */
	private static final int MAX_NAME_LENGTH = 256;

	private final SettlementRetry repetition;

	private final SettledTransactions transactions = new SettledTransactions();

	Settler(SettlementRetry repetition) {
		this.repetition = repetition;
	}

	/**
	 * Begin to settle a payment, if its facilitator has a place for it. Without one it is
	 * not sent, which says nothing of an earlier attempt.
	 * @param repeated whether it may have been asked for before, for the same answer
	 */
	BegunSettlement begin(PaymentDecision.Verified verified, boolean repeated) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		return BegunSettlement.in(verified.facilitator().settlementPlaces(), () -> settle(verified, repeated),
				() -> repeated ? unknown(verified, CROWDED) : notMade(asked, CROWDED, true));
	}

	/** Within the time that its facilitator and its terms give. */
	private SettlementOutcome settle(PaymentDecision.Verified verified, boolean repeated) {
		Deadline deadline = Deadline.in(patience(verified));
		SettlementOutcome outcome = attempt(verified, repeated, deadline);
		return verified.repeatable()
				? this.repetition.whileUnknown(outcome, deadline, () -> attempt(verified, true, deadline)) : outcome;
	}

	private static Duration patience(PaymentDecision.Verified verified) {
		Duration terms = Duration.ofSeconds(verified.request().paymentRequirements().maxTimeoutSeconds());
		Duration facilitator = verified.facilitator().settleTimeout();
		return (facilitator.compareTo(terms) < 0) ? facilitator : terms;
	}

	private SettlementOutcome attempt(PaymentDecision.Verified verified, boolean repeated, Deadline deadline) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		try {
			SettleResponse response = verified.facilitator().settle(verified.request(), deadline.left());
			boolean before = DUPLICATE.equals(response.errorReason())
					|| (response.success() && PaymentIdentifier.isReplayed(response));
			if (SettlementOutcome.AlreadySpent.REASON.equals(response.errorReason()) || (before && !repeated)) {
				return SettlementOutcome.AlreadySpent.on(asked.network());
			}
			if (response.success()) {
				return settled(verified, repeated, response);
			}
			if (before) {
				return unknown(verified, "the facilitator says that it has settled, but not to whom it told that");
			}
			if (PENDING.equals(response.errorReason())) {
				return new SettlementOutcome.Unknown(unknown(verified, "the facilitator says it is pending").response(),
						true);
			}
			return refused(verified, response);
		}
		catch (RuntimeException ex) {
			return repeated ? unknown(verified, String.valueOf(ex.getMessage())) : failed(verified, ex);
		}
	}

	/** After a first attempt alone it can be certain that no money moved. */
	private static SettlementOutcome failed(PaymentDecision.Verified verified, RuntimeException failure) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		if (failure instanceof FacilitatorAccessException) {
			return notMade(asked, failure.getMessage(), false);
		}
		if (failure instanceof FacilitatorUnavailableException unavailable && unavailable.isUnsent()) {
			return notMade(asked, failure.getMessage(), true);
		}
		return unknown(verified, String.valueOf(failure.getMessage()));
	}

	/** A receipt that contradicts what was asked is not believed. */
	private SettlementOutcome settled(PaymentDecision.Verified verified, boolean repeated, SettleResponse response) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		boolean samePayer = verified.payer() == null || response.payer() == null
				|| verified.payer().equals(response.payer());
		boolean sameAmount = response.amount() == null || response.amount().equals(asked.amount());
		boolean bounded = response.payer() == null || response.payer().length() <= MAX_NAME_LENGTH;
		if (!bounded || !namesPayment(asked, response) || !response.network().equals(asked.network()) || !samePayer
				|| !sameAmount) {
			return unknown(verified,
					"the facilitator's receipt does not match what was verified: payer " + printable(response.payer())
							+ ", amount " + printable(response.amount()) + ", transaction "
							+ printable(response.transaction()));
		}
		return this.transactions.pays(verified, repeated, response) ? new SettlementOutcome.Settled(response)
				: notProven(asked, response);
	}

	/** A ledger's transaction does, and a promise only where one was asked for. */
	private static boolean namesPayment(PaymentRequirements asked, SettleResponse response) {
		String transaction = response.transaction();
		if (response.commitment().isPresent()) {
			return PaymentScheme.of(asked.scheme()).isDeferred(asked);
		}
		return !transaction.isBlank() && transaction.length() <= MAX_NAME_LENGTH
				&& NetworkRules.of(asked.network()).isTransaction(transaction);
	}

	private static SettlementOutcome notProven(PaymentRequirements asked, SettleResponse response) {
		logger.error(
				"The facilitator settles a payment of {} base units on {} by transaction {}, which has paid for "
						+ "another one before. Nothing is given for it",
				asked.amount(), asked.network(), printable(response.transaction()));
		return new SettlementOutcome.NotProven(SettleResponse.failure("transaction_reused", null, asked.network()));
	}

	private static SettlementOutcome refused(PaymentDecision.Verified verified, SettleResponse response) {
		String reason = reason(response.errorReason(), "unexpected_settle_error");
		String payer = payer((response.payer() != null) ? response.payer() : verified.payer());
		SettleResponse refusal = SettleResponse
			.failure(reason, response.errorMessage(), verified.request().paymentRequirements().network())
			.withPayer(payer);
		return new SettlementOutcome.Refused(refusal, verified.required().withError(reason));
	}

	/** Who pays, if that fits into a header. */
	static @Nullable String payer(@Nullable String named) {
		return (named == null || named.length() > MAX_NAME_LENGTH) ? null : named;
	}

	/** Whether a payment is refused because it has bought something before. */
	static boolean isSpent(@Nullable String reason) {
		return SettlementOutcome.AlreadySpent.REASON.equals(reason) || DUPLICATE.equals(reason);
	}

	/** What a facilitator names goes into headers, so it has to be short. */
	static String reason(@Nullable String named, String otherwise) {
		return (named == null || named.isBlank()) ? otherwise
				: named.substring(0, Math.min(named.length(), MAX_NAME_LENGTH));
	}

	/** What a facilitator says goes into logs, on one line. */
	private static String printable(@Nullable String text) {
		return (text == null) ? "none"
				: text.substring(0, Math.min(text.length(), MAX_NAME_LENGTH)).replaceAll("[^\\x21-\\x7E]", "?");
	}

	private static SettlementOutcome notMade(PaymentRequirements asked, @Nullable String why, boolean temporary) {
		logger.error("A settlement of {} base units on {} was not made: {}", asked.amount(), asked.network(), why);
		return new SettlementOutcome.NotMade(SettleResponse.failure("settlement_not_made", null, asked.network()),
				temporary);
	}

	/** Whoever reads this has to find the settlement at the facilitator. */
	private static SettlementOutcome.Unknown unknown(PaymentDecision.Verified verified, String why) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		logger.error(
				"The outcome of a settlement of {} base units on {} is unknown (payer {}, payTo {}, payment identifier "
						+ "{}): {}",
				asked.amount(), asked.network(), printable(verified.payer()), asked.payTo(),
				verified.identifier().orElse("none"), why);
		return SettlementOutcome.Unknown.on(asked.network());
	}

}
