package io.github.x402sessions.facilitator.scheme.session;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.scheme.SchemeFacilitator;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.facilitator.settlement.KeyStatus;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * The facilitator of the session scheme: verifies by its books and by what it has read
 * from the latest ledger, settles on the chain. Thread-safe.
 */
public final class SessionFacilitator implements SchemeFacilitator {

	private static final Logger logger = LoggerFactory.getLogger(SessionFacilitator.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofSeconds(5));

	private static final PaymentScheme SCHEME = new SessionScheme();

	private static final String TOO_OFTEN = "the session has paid for as many calls as it may in a minute";

	private final SupportedResponse supported;

	private final String network;

	private final PaymentCheck check;

	private final OnChainCheck solvency;

	private final SignatureCheck signatures;

	private final PaymentHolds holds;

	private final RateLimit calls;

	private final SessionFunding funding;

	private final SettlementEngine engine;

	private final DeliveryTracker deliveries;

	private final DeferredSettlement deferred;

	/**
	 * Create the facilitator.
	 * @param policy what the operator lets be paid
	 * @param sessions the sessions
	 * @param funding lets settlements draw on them
	 * @param ledgers knows the height of the ledger
	 * @param watch ends sessions that the chain no longer carries
	 * @param readiness knows how payers and recipients stand
	 * @param engine settles
	 * @param deliveries remembers what answers tell
	 * @param deferred commits what settles later
	 * @param clock the time
	 */
	public SessionFacilitator(SpendingPolicy policy, SessionRepository sessions, SessionFunding funding,
			LedgerClock ledgers, AllowanceWatch watch, TransferReadinessCache readiness, SettlementEngine engine,
			DeliveryTracker deliveries, DeferredSettlement deferred, Clock clock) {
		this.supported = supported(policy, deferred.isEnabled());
		this.deferred = deferred;
		this.network = policy.rules().network();
		this.signatures = new SignatureCheck(clock, policy.memory());
		this.holds = new PaymentHolds(policy.hold(), Ticker.systemTicker());
		this.check = new PaymentCheck(policy, sessions, ledgers, this.holds);
		this.calls = new RateLimit(policy.callsPerMinute());
		this.solvency = new OnChainCheck(watch, this.check, readiness);
		this.funding = funding;
		this.engine = engine;
		this.deliveries = deliveries;
	}

	private static SupportedResponse supported(SpendingPolicy policy, boolean deferred) {
		String spender = policy.rules().spender();
		Map<String, Object> extra = new LinkedHashMap<>();
		extra.put("areFeesSponsored", true);
		extra.put("facilitatorAddress", spender);
		extra.put("spender", spender);
		extra.put("sessionsEndpoint", "/sessions");
		Map<String, Object> current = new LinkedHashMap<>(extra);
		current.put("sessionKeys", true);
		if (policy.rules().requireKey()) {
			current.put("sessionKeyRequired", true);
		}
		if (deferred) {
			current.put(SessionScheme.DEFERRED, true);
		}
		current.put(KindLimits.MEMBER, new KindLimits(policy.minPerCall(), policy.maxPerCall(),
				policy.rules().assets().stream().sorted().toList())
			.toMember());
		String network = policy.rules().network();
		return new SupportedResponse(
				List.of(new SupportedKind(2, PaymentCheck.SCHEME, network, current),
						new SupportedKind(1, PaymentCheck.SCHEME, network, extra)),
				List.of(PaymentIdentifier.EXTENSION), Map.of("stellar:*", List.of(spender)));
	}

	@Override
	public SupportedResponse supported() {
		return this.supported;
	}

	/**
	 * Verify a payment. One that was made before, or is being made, is valid whatever is
	 * left of its session, as long as its server may still be told of it: settling it
	 * again charges nothing. Where the session has a key, nothing is said of what is not
	 * signed.
	 * @throws FacilitatorUnavailableException if the height of the ledger is not known,
	 * or what would be committed could not be redeemed
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		PaymentKey key = PaymentKeys.of(request);
		Session session = this.check.session(request);
		Verdict.Refused unsigned = signature(request, session).refusal();
		if (unsigned != null) {
			return invalid(unsigned);
		}
		KeyStatus use = (session != null) ? this.engine.use(this.funding.account(session), key) : KeyStatus.FREE;
		if (use == KeyStatus.OTHER) {
			return VerifyResponse.invalid(Reason.PAYMENT_IDENTIFIER_CONFLICT.wireName(),
					"the payment identifier was used for another payment");
		}
		if (use == KeyStatus.TOLD) {
			return VerifyResponse.invalid(Reason.DUPLICATE_SETTLEMENT.wireName(), SettlementResponses.DUPLICATE);
		}
		if (use == KeyStatus.SAME && session != null) {
			return valid(session, Map.of());
		}
		Verdict.Refused late = (session != null) ? this.signatures.late(request, session) : null;
		if (late != null) {
			return invalid(late);
		}
		Verdict verdict;
		try {
			verdict = this.check.check(request, session, key);
			verdict = verdict.<Verdict>fold(this.solvency::check, (refused) -> refused);
		}
		catch (RpcException ex) {
			throw new FacilitatorUnavailableException("the Stellar RPC gives no usable answer", ex);
		}
		return verdict.fold((payable) -> hold(request, payable, key), SessionFacilitator::invalid);
	}

	private SignatureVerdict signature(FacilitatorRequest request, @Nullable Session session) {
		return (session != null) ? this.signatures.check(request, session) : SignatureVerdict.NOT_NEEDED;
	}

	private static VerifyResponse invalid(Verdict.Refused refused) {
		return VerifyResponse.invalid(refused.reason().wireName(), refused.message());
	}

	private VerifyResponse hold(FacilitatorRequest request, Verdict.Payable payable, PaymentKey key) {
		if (!this.calls.allows(payable.session().key())) {
			return VerifyResponse.invalid(Reason.RATE_LIMITED.wireName(), TOO_OFTEN);
		}
		Map<String, String> prediction = prediction(request, payable, key);
		if (key.id() != null && !this.holds.place(payable.session(), key.id(), payable.amount())) {
			return VerifyResponse.invalid(Reason.CAP_EXCEEDED.wireName(),
					"other payments that were verified need what is left of the session");
		}
		return valid(payable.session(), prediction);
	}

	/** Return when the payment would settle; nothing where nobody asks. */
	private Map<String, String> prediction(FacilitatorRequest request, Verdict.Payable payable, PaymentKey key) {
		PaymentRequirements asked = request.paymentRequirements();
		if (!SCHEME.isDeferred(asked)) {
			return Map.of();
		}
		boolean deferred = this.deferred.predicts(asked, payable.session(), payable.transfer(), key);
		return Map.of(SessionScheme.SETTLEMENT, deferred ? SessionScheme.DEFERRED : SessionScheme.IMMEDIATE);
	}

	private static VerifyResponse valid(Session session, Map<String, String> prediction) {
		Map<String, String> state = SettlementResponses.state(SessionAccount.balance(session));
		state.putAll(prediction);
		return new VerifyResponse(true, null, null, session.terms().payer(), Map.of(PaymentCheck.SCHEME, state));
	}

	/**
	 * Settle a payment, at most once under one identifier: a repeated call gets what
	 * became of the first, and waits for it while it is open. So does one without an
	 * identifier that repeats a payment whose caller was left without its outcome. Where
	 * the database fails nobody can say that nothing was sent, for this call or an
	 * earlier one.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		PaymentKey key = PaymentKeys.of(request);
		try {
			return settle(request, key);
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

	private SettleResponse settle(FacilitatorRequest request, PaymentKey key) {
		SettleDeadline deadline = this.engine.deadline();
		Session session = this.check.session(request);
		SignatureVerdict signature = signature(request, session);
		Verdict.Refused unsigned = signature.refusal();
		if (unsigned != null) {
			return failure(unsigned.reason(), unsigned.message());
		}
		if (session != null) {
			SettlementResult repeated = this.engine.repeated(this.funding.account(session), key, deadline);
			if (repeated != null) {
				return answer(request, session, repeated);
			}
		}
		Verdict verdict;
		try {
			verdict = this.check.check(request, session, key);
		}
		catch (RpcException ex) {
			return failure(Reason.RPC_ERROR, "the Stellar RPC gives no usable answer");
		}
		return verdict.fold((payable) -> settle(request, payable, signature, key, deadline),
				(refused) -> failure(refused.reason(), refused.message()));
	}

	private SettleResponse settle(FacilitatorRequest request, Verdict.Payable payable, SignatureVerdict signature,
			PaymentKey key, SettleDeadline deadline) {
		if (!this.calls.take(payable.session().key())) {
			return failure(Reason.RATE_LIMITED, TOO_OFTEN);
		}
		if (key.id() != null) {
			this.holds.release(payable.session(), key.id());
		}
		TransferOrder order = new TransferOrder(this.funding.account(payable.session(), signature.evidence()),
				payable.transfer(), payable.session().lastLedger());
		SettlementResult committed = this.deferred.settle(request.paymentRequirements(), payable.session(),
				order.account(), order.transfer(), key, deadline);
		return answer(request, payable.session(),
				(committed != null) ? committed : this.engine.settle(order, key, deadline));
	}

	private SettleResponse answer(FacilitatorRequest request, Session session, SettlementResult result) {
		return this.deliveries.track(result,
				new SettlementResponses(request, session.terms().payer(), PaymentCheck.token(request)).of(result));
	}

	/**
	 * The network is ours, whatever was asked for: nothing of a stranger's is repeated.
	 */
	private SettleResponse failure(Reason reason, String message) {
		return SettleResponse.failure(reason.wireName(), message, this.network);
	}

}
