package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * Settles payments of sessions, and holds and releases those whose cost is not known yet.
 * Where the database fails nobody can say that nothing was done, for a call or an earlier
 * one. Thread-safe.
 */
final class SessionSettlement {

	private static final Logger logger = LoggerFactory.getLogger(SessionSettlement.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofSeconds(5));

	private final String network;

	private final PaymentRules rules;

	private final SessionFunding funding;

	private final SettlementEngine engine;

	private final DeferredSettlement deferred;

	private final HeldPayments held;

	private final DeliveryTracker deliveries;

	/**
	 * Create it.
	 * @param network the network that is served, as a CAIP-2 id
	 * @param rules what payments are held against
	 * @param funding lets settlements draw on sessions
	 * @param engine settles at once
	 * @param deferred commits and holds
	 * @param held ends what is held
	 * @param deliveries remembers what answers tell
	 */
	SessionSettlement(String network, PaymentRules rules, SessionFunding funding, SettlementEngine engine,
			DeferredSettlement deferred, HeldPayments held, DeliveryTracker deliveries) {
		this.network = network;
		this.rules = rules;
		this.funding = funding;
		this.engine = engine;
		this.deferred = deferred;
		this.held = held;
		this.deliveries = deliveries;
	}

	/**
	 * Settle a payment, at most once under one identifier: a repeated call gets what
	 * became of the first, and waits for it while it is open. So does one without an
	 * identifier that repeats a payment whose caller was left without its outcome. One
	 * that is held is committed.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	SettleResponse settle(FacilitatorRequest request) {
		return end(request, (call, payment) -> answered(call, commit(call, payment)), this::settle);
	}

	/**
	 * Hold what a payment may cost, at most once under one identifier.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	SettleResponse hold(FacilitatorRequest request) {
		PaymentKey key = PaymentKeys.held(request);
		return answer(() -> ofSession(request, key, this::hold));
	}

	/**
	 * Release what is held for a payment.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	SettleResponse release(FacilitatorRequest request) {
		return end(request, this::release, this::release);
	}

	/**
	 * End what the caller proves to hold, or go on as with any payment. Its holder needs
	 * neither the session's token nor a signature: those were looked at before it was
	 * held, and the payer, who has got what he streams, may make both of them useless.
	 */
	private SettleResponse end(FacilitatorRequest request,
			BiFunction<PaymentCall, KnownPayment, Optional<SettleResponse>> end,
			Function<PaymentCall, SettleResponse> work) {
		PaymentKey key = PaymentKeys.of(request);
		return answer(() -> sessionsOfHolder(request, key)
			.map((session) -> call(request, session, key, SignatureVerdict.NOT_NEEDED))
			.flatMap((call) -> this.engine.find(call.account(), key)
				.filter(call::isAbout)
				.flatMap((payment) -> end.apply(call, payment))
				.stream())
			.findFirst()
			.orElseGet(() -> ofSession(request, key, work)));
	}

	private Stream<Session> sessionsOfHolder(FacilitatorRequest request, PaymentKey key) {
		String id = key.id();
		return (id != null && PaymentKeys.holder(request).isPresent())
				? this.held.accounts(id).stream().map(this.rules.check()::session) : Stream.empty();
	}

	private PaymentCall call(FacilitatorRequest request, Session session, PaymentKey key, SignatureVerdict signature) {
		return new PaymentCall(request, session, this.funding.account(session, signature.evidence()), key,
				this.engine.deadline());
	}

	private SettleResponse ofSession(FacilitatorRequest request, PaymentKey key,
			Function<PaymentCall, SettleResponse> work) {
		Session session = this.rules.check().session(request);
		if (session == null) {
			return payable(request, null, key, (payable) -> failure(Reason.SESSION_NOT_FOUND, "no session pays"));
		}
		SignatureVerdict signature = this.rules.signature(request, session);
		Verdict.Refused unsigned = signature.refusal();
		return (unsigned != null) ? failure(unsigned.reason(), unsigned.message())
				: work.apply(call(request, session, key, signature));
	}

	private SettleResponse answer(Supplier<SettleResponse> work) {
		try {
			return work.get();
		}
		catch (DataAccessException ex) {
			LOG.log("books",
					(skipped) -> logger.atError()
						.setCause((ex instanceof NonTransientDataAccessException) ? ex : null)
						.log("Settlements fail for want of the books ({} more since the last time): {}", skipped,
								ex.getMessage()));
			return failure(Reason.SETTLEMENT_PENDING,
					"the books cannot be used now: it is not known whether the payment is made");
		}
	}

	private SettleResponse payable(FacilitatorRequest request, @Nullable Session session, PaymentKey key,
			Function<Verdict.Payable, SettleResponse> work) {
		Verdict verdict;
		try {
			verdict = this.rules.check().check(request, session, key);
		}
		catch (RpcException ex) {
			return failure(Reason.RPC_ERROR, "the Stellar RPC gives no usable answer");
		}
		return verdict.fold(work, (refused) -> failure(refused.reason(), refused.message()));
	}

	private SettleResponse settle(PaymentCall call) {
		SettlementResult repeated = known(call, this.engine.repeated(call.account(), call.key(), call.deadline()));
		return (repeated != null) ? answer(call, repeated)
				: payable(call.request(), call.session(), call.key(), (payable) -> settle(call, payable));
	}

	private SettleResponse settle(PaymentCall call, Verdict.Payable payable) {
		if (!this.rules.calls().take(call.session().key())) {
			return failure(Reason.RATE_LIMITED, PaymentRules.TOO_OFTEN);
		}
		giveUpVerified(call);
		TransferOrder order = order(call, payable);
		SettlementResult committed = this.deferred.settle(call.asked(), order, call.key(), call.deadline());
		SettlementResult result = known(call,
				(committed != null) ? committed : this.engine.settle(order, call.key(), call.deadline()));
		return answer(call, (result != null) ? result : new SettlementResult.NotSent("another call has released it"));
	}

	private static TransferOrder order(PaymentCall call, Verdict.Payable payable) {
		return payable.order(call.account());
	}

	/** What was verified is in the books now. */
	private void giveUpVerified(PaymentCall call) {
		String id = call.key().id();
		if (id != null) {
			this.rules.verified().release(call.session(), id);
		}
	}

	/**
	 * Commit what turns out to be held.
	 * @return what became of it, or {@code null} if it is not known any more
	 */
	private @Nullable SettlementResult known(PaymentCall call, @Nullable SettlementResult found) {
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

	private SettleResponse hold(PaymentCall call) {
		SettlementResult repeated = this.engine.held(call.account(), call.key(), call.deadline());
		return (repeated != null) ? answer(call, repeated)
				: payable(call.request(), call.session(), call.key(), (payable) -> hold(call, payable));
	}

	private SettleResponse hold(PaymentCall call, Verdict.Payable payable) {
		if (!this.rules.calls().allows(call.session().key())) {
			return failure(Reason.RATE_LIMITED, PaymentRules.TOO_OFTEN);
		}
		TransferOrder order = order(call, payable);
		SettlementResult result = this.deferred.hold(call.asked(), order, call.key(), call.deadline(),
				this.held.until(this.rules.signatures().last(call.request(), call.session())));
		if (result == null) {
			result = this.engine.held(call.account(), call.key(), call.deadline());
		}
		if (result instanceof SettlementResult.OnHold) {
			this.rules.calls().take(call.session().key());
			giveUpVerified(call);
		}
		return (result != null) ? answer(call, result)
				: failure(Reason.NOT_HELD, "the payment would settle at once: nothing is held for it");
	}

	private Optional<SettleResponse> release(PaymentCall call, KnownPayment payment) {
		return this.held.release(call.account(), call.parties(), payment)
				? Optional.of(call.responses().released(payment.settlement(), call.account().read()))
				: Optional.empty();
	}

	private SettleResponse release(PaymentCall call) {
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

	private SettleResponse unreleased(KnownPayment payment) {
		return (payment.held() != null) ? failure(Reason.PAYMENT_IDENTIFIER_CONFLICT, SettlementResponses.CONFLICT)
				: failure(Reason.DUPLICATE_SETTLEMENT, "the payment is made: nothing is held for it");
	}

	private Optional<SettleResponse> answered(PaymentCall call, @Nullable SettlementResult result) {
		return Optional.ofNullable(result).map((known) -> answer(call, known));
	}

	private SettleResponse answer(PaymentCall call, SettlementResult result) {
		return this.deliveries.track(result, call.responses().of(result));
	}

	/**
	 * The network is ours, whatever was asked for: nothing of a stranger's is repeated.
	 */
	private SettleResponse failure(Reason reason, String message) {
		return SettleResponse.failure(reason.wireName(), message, this.network);
	}

}
