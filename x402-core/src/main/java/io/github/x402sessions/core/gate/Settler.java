package io.github.x402sessions.core.gate;

import java.time.Duration;

import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.gate.SettlementRetry.Attempt;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
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

	private static final String UNCLAIMED = "the store of answers is out of reach, or another server has taken over";

	/** The payment was settled before, and somebody was told. */
	private static final String DUPLICATE = "duplicate_settlement";

	private static final Logger logger = LoggerFactory.getLogger(Settler.class);

	/** The facilitator took the payment but does not know its outcome yet. */
	private static final String PENDING = "settlement_pending";

	/** The longest reason, payer or transaction that is passed on, characters. */
	private static final int MAX_NAME_LENGTH = 256;

	private final SettlementRetry repetition;

	private final SettledTransactions transactions = new SettledTransactions();

	private final GateExtensions extensions;

	Settler(SettlementRetry repetition, GateExtensions extensions) {
		this.repetition = repetition;
		this.extensions = extensions;
	}

	/**
	 * Begin to settle a payment, if its facilitator has a place for it. Without one it is
	 * not sent, which says nothing of an earlier attempt.
	 * @param repeated whether it may have been asked for before, for the same answer
	 */
	BegunSettlement begin(PaymentDecision.Verified verified, boolean repeated) {
		return BegunSettlement.in(verified.facilitator().settlementPlaces(),
				() -> told(verified, settle(verified, repeated)), () -> told(verified, crowded(verified, repeated)));
	}

	/** The right to settle it is gone: nothing is sent this time. */
	BegunSettlement notBegun(PaymentDecision.Verified verified, boolean repeated) {
		return BegunSettlement.unplaced(() -> told(verified, unsent(verified, repeated, UNCLAIMED)));
	}

	/** There is no place, so nothing was sent this time. */
	static Attempt crowded(PaymentDecision.Verified verified, boolean repeated) {
		return unsent(verified, repeated, CROWDED);
	}

	private static Attempt unsent(PaymentDecision.Verified verified, boolean repeated, String why) {
		return repeated ? unknown(verified, why) : notMade(verified.request().paymentRequirements(), why, true);
	}

	private Attempt settle(PaymentDecision.Verified verified, boolean repeated) {
		return ask(verified, repeated, verified.facilitator()::settle);
	}

	/**
	 * Settle a payment that may have been asked for before, for the same answer. Whoever
	 * is not content with how it ended asks again itself.
	 */
	Attempt settleOnce(PaymentDecision.Verified verified) {
		return attempt(verified, true, Deadline.in(patience(verified)), verified.facilitator()::settle);
	}

	/**
	 * Ask, repeatedly where that asks for one thing, within the time that the facilitator
	 * and the terms give.
	 * @param repeated whether it may have been asked for before, for the same answer
	 * @param call asks the facilitator
	 */
	Attempt ask(PaymentDecision.Verified verified, boolean repeated, Call call) {
		Deadline deadline = Deadline.in(patience(verified));
		Attempt attempt = attempt(verified, repeated, deadline, call);
		return verified.repeatable() ? this.repetition.whileUnknown(attempt, deadline,
				(last) -> attempt(verified, repeated || !last.unsent(), deadline, call)) : attempt;
	}

	private static Duration patience(PaymentDecision.Verified verified) {
		Duration terms = Duration.ofSeconds(verified.request().paymentRequirements().maxTimeoutSeconds());
		Duration facilitator = verified.facilitator().settleTimeout();
		return (facilitator.compareTo(terms) < 0) ? facilitator : terms;
	}

	private Attempt attempt(PaymentDecision.Verified verified, boolean repeated, Deadline deadline, Call call) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		try {
			SettleResponse response = call.on(verified.request(), deadline.left());
			boolean before = DUPLICATE.equals(response.errorReason())
					|| (response.success() && PaymentIdentifier.isReplayed(response));
			if (SettlementOutcome.AlreadySpent.REASON.equals(response.errorReason()) || (before && !repeated)) {
				return Attempt.of(SettlementOutcome.AlreadySpent.on(asked.network()));
			}
			if (response.success()) {
				return settled(verified, repeated, response);
			}
			if (before) {
				return unknown(verified, "the facilitator says that it has settled, but not to whom it told that");
			}
			if (isPending(response)) {
				String why = "the facilitator says it is pending";
				return new Attempt(new SettlementOutcome.Unknown(unknown(verified, why).outcome().response(), true),
						why);
			}
			return isUnsent(response) ? sentNothing(verified, repeated) : Attempt.of(refused(verified, response));
		}
		catch (RuntimeException ex) {
			return repeated ? unknown(verified, String.valueOf(ex.getMessage())) : failed(verified, ex);
		}
	}

	/** After a first attempt alone it can be certain that no money moved. */
	private static Attempt failed(PaymentDecision.Verified verified, RuntimeException failure) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		if (failure instanceof FacilitatorAccessException) {
			return notMade(asked, failure.getMessage(), false);
		}
		if (failure instanceof FacilitatorUnavailableException unavailable && unavailable.isUnsent()) {
			return notMade(asked, failure.getMessage(), true);
		}
		return unknown(verified, String.valueOf(failure.getMessage()));
	}

	/** That says nothing of what was sent for an attempt before. */
	private static Attempt sentNothing(PaymentDecision.Verified verified, boolean repeated) {
		String why = "the facilitator says that it cannot send it now, and has sent nothing";
		return repeated ? unknown(verified, why)
				: new Attempt(notMade(verified.request().paymentRequirements(), why, true).outcome(), why, true);
	}

	/** A receipt that contradicts what was asked is not believed. */
	private Attempt settled(PaymentDecision.Verified verified, boolean repeated, SettleResponse response) {
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
		return Attempt.of(this.transactions.pays(verified, repeated, response) ? new SettlementOutcome.Settled(response)
				: notProven(asked, response));
	}

	/** A ledger's transaction does, and a promise only where one was asked for. */
	private static boolean namesPayment(PaymentRequirements asked, SettleResponse response) {
		String transaction = response.transaction();
		if (response.commitment().isPresent()) {
			return PaymentScheme.of(asked.scheme()).deferral().isAsked(asked);
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

	private SettlementOutcome refused(PaymentDecision.Verified verified, SettleResponse response) {
		String reason = reason(response.errorReason(), "unexpected_settle_error");
		String payer = payer((response.payer() != null) ? response.payer() : verified.payer());
		SettleResponse refusal = SettleResponse
			.failure(reason, response.errorMessage(), verified.request().paymentRequirements().network())
			.withPayer(payer);
		return new SettlementOutcome.Refused(refusal,
				this.extensions.dynamic(verified.route(), verified.required().withError(reason)));
	}

	/** Who pays, if that fits into a header. */
	static @Nullable String payer(@Nullable String named) {
		return (named == null || named.length() > MAX_NAME_LENGTH) ? null : named;
	}

	/** Whether a payment is refused because it has bought something before. */
	static boolean isSpent(@Nullable String reason) {
		return SettlementOutcome.AlreadySpent.REASON.equals(reason) || DUPLICATE.equals(reason);
	}

	/** Whether the facilitator has the payment and is at it. */
	static boolean isPending(SettleResponse answer) {
		return !answer.success() && PENDING.equals(answer.errorReason());
	}

	/** Whether the facilitator has proof that this call has sent nothing. */
	private static boolean isUnsent(SettleResponse answer) {
		return SettleResponse.NOT_SENT.equals(answer.errorReason()) && answer.transaction().isBlank();
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

	private static Attempt notMade(PaymentRequirements asked, @Nullable String why, boolean temporary) {
		return new Attempt(new SettlementOutcome.NotMade(
				SettleResponse.failure("settlement_not_made", null, asked.network()), temporary), String.valueOf(why));
	}

	private static Attempt unknown(PaymentDecision.Verified verified, String why) {
		return new Attempt(SettlementOutcome.Unknown.on(verified.request().paymentRequirements().network()), why);
	}

	/** Whoever reads of what is unknown has to find the settlement at the facilitator. */
	static SettlementOutcome told(PaymentDecision.Verified verified, Attempt last) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		if (last.outcome() instanceof SettlementOutcome.NotMade) {
			logger.error("A settlement of {} base units on {} was not made: {}", asked.amount(), asked.network(),
					last.why());
		}
		if (last.outcome() instanceof SettlementOutcome.Unknown) {
			logger.error(
					"The outcome of a settlement of {} base units on {} is unknown (payer {}, payTo {}, payment "
							+ "identifier {}): {}",
					asked.amount(), asked.network(), printable(verified.payer()), asked.payTo(),
					verified.identifier().orElse("none"), last.why());
		}
		return last.outcome();
	}

	/** Asks a facilitator, and waits for the answer no longer than a limit. */
	@FunctionalInterface
	interface Call {

		SettleResponse on(FacilitatorRequest request, Duration limit);

	}

}
