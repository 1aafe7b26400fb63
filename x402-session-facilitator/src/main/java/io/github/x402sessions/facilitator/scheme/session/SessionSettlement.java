package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.util.Optional;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import org.jspecify.annotations.Nullable;

/**
 * Settles payments of sessions: by a commitment where that is asked for and agreed to, at
 * once where it is not, and by what is held for them where something is. Thread-safe.
 */
final class SessionSettlement {

	private final PaymentAdmission admission;

	private final PaymentRules rules;

	private final SettlementEngine engine;

	private final DeferredSettlement deferred;

	private final HeldPayments held;

	/**
	 * Create it.
	 * @param admission admits payments
	 * @param rules what payments are held against
	 * @param engine settles at once
	 * @param deferred commits
	 * @param held commits what is held
	 */
	SessionSettlement(PaymentAdmission admission, PaymentRules rules, SettlementEngine engine,
			DeferredSettlement deferred, HeldPayments held) {
		this.admission = admission;
		this.rules = rules;
		this.engine = engine;
		this.deferred = deferred;
		this.held = held;
	}

	/**
	 * Settle a payment, at most once under one identifier: a repeated call gets what
	 * became of the first, and waits for it while it is open. So does one without an
	 * identifier that repeats a payment whose caller was left without its outcome. One
	 * that is held is committed.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	SettleResponse settle(FacilitatorRequest request) {
		return this.admission.admitHeld(request, PaymentKeys.of(request), this::settleOnce,
				(call, payment) -> Optional.ofNullable(commit(call, payment))
					.map((result) -> this.admission.answer(call, result)));
	}

	private SettleResponse settleOnce(PaymentCall call) {
		SettlementResult repeated = concluded(call, this.engine.repeated(call.account(), call.key(), call.deadline()));
		return (repeated != null) ? this.admission.answer(call, repeated)
				: this.admission.payable(call, (payable) -> settle(call, payable));
	}

	private SettleResponse settle(PaymentCall call, Verdict.Payable payable) {
		if (!this.rules.calls().take(call.session().key())) {
			return this.admission.failure(Reason.RATE_LIMITED, PaymentRules.TOO_OFTEN);
		}
		TransferOrder order = payable.order(call.account());
		SettlementResult result;
		try {
			SettlementResult committed = this.deferred.settle(call.asked(), order, call.key(), call.deadline());
			result = concluded(call,
					(committed != null) ? committed : this.engine.settle(order, call.key(), call.deadline()));
		}
		catch (RecipientLimitException ex) {
			return this.admission.refuse(call, ex);
		}
		this.admission.booked(call);
		return this.admission.answer(call,
				(result != null) ? result : new SettlementResult.NotSent("another call has released it"));
	}

	/**
	 * Commit what turns out to be held.
	 * @return what became of it, or {@code null} if it is not known any more
	 */
	private @Nullable SettlementResult concluded(PaymentCall call, @Nullable SettlementResult found) {
		SettlementResult result = found;
		while (result instanceof SettlementResult.Unconcluded known) {
			SettlementResult committed = commit(call, known.payment());
			result = (committed != null) ? committed
					: this.engine.repeated(call.account(), call.key(), call.deadline());
		}
		return result;
	}

	private @Nullable SettlementResult commit(PaymentCall call, KnownPayment payment) {
		BigInteger cost = call.cost(payment);
		return (cost != null) ? this.held.commit(call.account(), call.parties(), payment, cost, call.key())
				: new SettlementResult.Conflict();
	}

}
