package io.github.x402sessions.facilitator.scheme.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
import io.github.x402sessions.core.scheme.Deferral;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.scheme.SchemeFacilitator;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.KeyStatus;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * The facilitator of the session scheme: verifies by its books and by what it has read
 * from the latest ledger, settles on the chain. Thread-safe.
 */
final class SessionFacilitator implements SchemeFacilitator {

	private static final Deferral DEFERRAL = new SessionScheme().deferral();

	private final Supplier<SupportedResponse> supported;

	private final PaymentRules rules;

	private final OnChainCheck solvency;

	private final SessionFunding funding;

	private final SettlementEngine engine;

	private final DeferredSettlement deferred;

	private final SessionSettlement settlement;

	private final SessionHolds holds;

	/**
	 * Create the facilitator.
	 * @param policy what the operator lets be paid
	 * @param rules what payments are held against
	 * @param solvency knows how payers and recipients stand
	 * @param funding lets settlements draw on sessions
	 * @param engine knows what was paid
	 * @param deferred commits what settles later
	 * @param settlement settles
	 * @param holds holds and releases
	 */
	SessionFacilitator(SpendingPolicy policy, PaymentRules rules, OnChainCheck solvency, SessionFunding funding,
			SettlementEngine engine, DeferredSettlement deferred, SessionSettlement settlement, SessionHolds holds) {
		this.supported = () -> supported(policy, deferred.isEnabled());
		this.rules = rules;
		this.solvency = solvency;
		this.funding = funding;
		this.engine = engine;
		this.deferred = deferred;
		this.settlement = settlement;
		this.holds = holds;
	}

	private static SupportedResponse supported(SpendingPolicy policy, boolean deferred) {
		String spender = policy.rules().spender();
		Map<String, Object> extra = new LinkedHashMap<>();
		extra.put("areFeesSponsored", true);
		extra.put("facilitatorAddress", spender);
		extra.put("spender", spender);
		List<String> others = policy.rules().spenders().addresses().stream().skip(1).sorted().toList();
		if (!others.isEmpty()) {
			extra.put(SessionScheme.OTHER_SPENDERS, others);
		}
		extra.put("sessionsEndpoint", "/sessions");
		Map<String, Object> current = new LinkedHashMap<>(extra);
		current.put("sessionKeys", true);
		if (policy.rules().requireKey()) {
			current.put("sessionKeyRequired", true);
		}
		if (deferred) {
			current.put(SessionScheme.DEFERRED, true);
			current.put(SessionScheme.HOLDS, true);
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
	public String scheme() {
		return PaymentCheck.SCHEME;
	}

	@Override
	public SupportedResponse supported() {
		return this.supported.get();
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
		Session session = this.rules.check().session(request);
		Verdict.Refused unsigned = this.rules.signature(request, session).refusal();
		if (unsigned != null) {
			return invalid(unsigned);
		}
		KeyStatus use = (session != null) ? use(request, session, key) : KeyStatus.FREE;
		if (use == KeyStatus.OTHER) {
			return VerifyResponse.invalid(Reason.PAYMENT_IDENTIFIER_CONFLICT.wireName(), SettlementResponses.CONFLICT);
		}
		if (use == KeyStatus.TOLD) {
			return VerifyResponse.invalid(Reason.DUPLICATE_SETTLEMENT.wireName(), SettlementResponses.DUPLICATE);
		}
		if (use == KeyStatus.SAME && session != null) {
			return valid(session, Map.of());
		}
		Verdict.Refused late = (session != null) ? this.rules.signatures().late(request, session) : null;
		if (late != null) {
			return invalid(late);
		}
		Verdict verdict;
		try {
			verdict = this.rules.check().check(request, session, key);
			verdict = verdict.<Verdict>fold(this.solvency::check, (refused) -> refused);
		}
		catch (SigningException ex) {
			throw new FacilitatorUnavailableException("this node cannot sign for the session's spender", ex);
		}
		catch (RpcException ex) {
			throw new FacilitatorUnavailableException("the Stellar RPC gives no usable answer", ex);
		}
		return verdict.fold((payable) -> accept(request, payable, key), SessionFacilitator::invalid);
	}

	/** What is held is known by its holder. */
	private KeyStatus use(FacilitatorRequest request, Session session, PaymentKey key) {
		FundingSource account = this.funding.account(session);
		KeyStatus use = this.engine.use(account, key);
		return (use == KeyStatus.OTHER) ? this.engine.use(account, PaymentKeys.held(request)) : use;
	}

	private static VerifyResponse invalid(Verdict.Refused refused) {
		return VerifyResponse.invalid(refused.reason().wireName(), refused.message());
	}

	private VerifyResponse accept(FacilitatorRequest request, Verdict.Payable payable, PaymentKey key) {
		if (!this.rules.calls().allows(payable.session().key())) {
			return VerifyResponse.invalid(Reason.RATE_LIMITED.wireName(), PaymentRules.TOO_OFTEN);
		}
		Map<String, String> prediction = prediction(request, payable, key);
		if (key.id() != null && !this.rules.verified().place(payable.session(), key.id(), payable.amount())) {
			return VerifyResponse.invalid(Reason.CAP_EXCEEDED.wireName(),
					"other payments that were verified need what is left of the session");
		}
		return valid(payable.session(), prediction);
	}

	/** Return when the payment would settle; nothing where nobody asks. */
	private Map<String, String> prediction(FacilitatorRequest request, Verdict.Payable payable, PaymentKey key) {
		PaymentRequirements asked = request.paymentRequirements();
		if (!DEFERRAL.isAsked(asked)) {
			return Map.of();
		}
		boolean deferred = this.deferred.predicts(asked, payable.order(this.funding.account(payable.session())), key);
		return Map.of(SessionScheme.SETTLEMENT, deferred ? SessionScheme.DEFERRED : SessionScheme.IMMEDIATE);
	}

	private static VerifyResponse valid(Session session, Map<String, String> prediction) {
		Map<String, String> state = SettlementResponses.state(SessionAccount.balance(session));
		state.putAll(prediction);
		return new VerifyResponse(true, null, null, session.terms().payer(), Map.of(PaymentCheck.SCHEME, state));
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return this.settlement.settle(request);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return this.holds.hold(request);
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return this.holds.release(request);
	}

}
