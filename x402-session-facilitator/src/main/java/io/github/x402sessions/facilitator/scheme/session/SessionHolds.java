package io.github.x402sessions.facilitator.scheme.session;

import java.util.Optional;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.drain.DrainingException;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import org.jspecify.annotations.Nullable;

/**
 * Holds payments of sessions whose cost is not known yet, and releases those that cost
 * nothing in the end: "Metered streams" in {@code docs/protocol.md}. Thread-safe.
 */
final class SessionHolds {

	private final PaymentAdmission admission;

	private final PaymentRules rules;

	private final SettlementEngine engine;

	private final DeferredSettlement deferred;

	private final HeldPayments held;

	/**
	 * Create it.
	 * @param admission admits payments
	 * @param rules what payments are held against
	 * @param engine knows what was paid
	 * @param deferred holds
	 * @param held ends what is held
	 */
	SessionHolds(PaymentAdmission admission, PaymentRules rules, SettlementEngine engine, DeferredSettlement deferred,
			HeldPayments held) {
		this.admission = admission;
		this.rules = rules;
		this.engine = engine;
		this.deferred = deferred;
		this.held = held;
	}

	/**
	 * Hold what a payment may cost, at most once under one identifier.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	SettleResponse hold(FacilitatorRequest request) {
		return this.admission.admit(request, PaymentKeys.held(request), this::holdOnce);
	}

	private SettleResponse holdOnce(PaymentCall call) {
		SettlementResult repeated = this.engine.held(call.account(), call.key(), call.deadline());
		return (repeated != null) ? this.admission.answer(call, repeated)
				: this.admission.payable(call, (payable) -> hold(call, payable));
	}

	private SettleResponse hold(PaymentCall call, Verdict.Payable payable) {
		return this.rules.calls()
			.tryTake(call.session().key())
			.map((uncount) -> hold(call, payable, uncount))
			.orElseGet(() -> this.admission.failure(Reason.RATE_LIMITED, PaymentRules.TOO_OFTEN));
	}

	private SettleResponse hold(PaymentCall call, Verdict.Payable payable, Runnable uncount) {
		SettlementResult result;
		try {
			result = this.deferred.hold(call.asked(), payable.order(call.account()), call.key(), call.deadline(),
					this.held.until(this.rules.signatures().last(call.request(), call.session())));
		}
		catch (RecipientLimitException ex) {
			this.admission.tidy(uncount);
			return this.admission.refuse(call, ex);
		}
		if (result == null) {
			result = heldMeanwhile(call, uncount);
		}
		if (result instanceof SettlementResult.OnHold) {
			this.admission.booked(call);
		}
		else {
			this.admission.tidy(uncount);
		}
		return (result != null) ? this.admission.answer(call, result)
				: this.admission.failure(Reason.NOT_HELD, "the payment would settle at once: nothing is held for it");
	}

	private @Nullable SettlementResult heldMeanwhile(PaymentCall call, Runnable uncount) {
		try {
			return this.engine.held(call.account(), call.key(), call.deadline());
		}
		catch (DrainingException ex) {
			uncount.run();
			throw ex;
		}
	}

	/**
	 * Release what is held for a payment.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	SettleResponse release(FacilitatorRequest request) {
		return this.admission.admitHeld(request, PaymentKeys.of(request), this::releaseFound, this::release);
	}

	private SettleResponse releaseFound(PaymentCall call) {
		Optional<KnownPayment> found = this.engine.find(call.account(), call.key());
		while (found.filter(call::isAbout).isPresent()) {
			Optional<SettleResponse> released = release(call, found.get());
			if (released.isPresent()) {
				return released.get();
			}
			found = this.engine.find(call.account(), call.key());
		}
		return found.map(this::unreleased).orElseGet(() -> call.responses().released("", call.account().read()));
	}

	private Optional<SettleResponse> release(PaymentCall call, KnownPayment payment) {
		return this.held.release(call.account(), call.parties(), payment)
				? Optional.of(call.responses().released(payment.settlement(), call.account().read()))
				: Optional.empty();
	}

	private SettleResponse unreleased(KnownPayment payment) {
		return (payment.held() != null)
				? this.admission.failure(Reason.PAYMENT_IDENTIFIER_CONFLICT, SettlementResponses.CONFLICT)
				: this.admission.failure(Reason.DUPLICATE_SETTLEMENT, "the payment is made: nothing is held for it");
	}

}
