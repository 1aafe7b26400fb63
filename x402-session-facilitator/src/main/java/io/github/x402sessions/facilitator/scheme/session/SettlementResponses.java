package io.github.x402sessions.facilitator.scheme.session;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.jspecify.annotations.Nullable;

/**
 * Says on the wire what a settlement came to.
 *
 * @param request what was asked
 * @param payer who pays
 * @param id the token that the caller holds, of which answers carry only the handle
 */
record SettlementResponses(FacilitatorRequest request, String payer, SessionId id) {

	static final String CONFLICT = "the payment identifier was used for another payment";

	static final String DUPLICATE = "the payment has settled before, and a server was told so";

	SettleResponse of(SettlementResult result) {
		return result.fold(this::settled, this::onHold,
				(unconcluded) -> failure(Reason.SETTLEMENT_PENDING, "the payment is held"),
				(conflict) -> failure(Reason.PAYMENT_IDENTIFIER_CONFLICT, CONFLICT),
				(duplicate) -> failure(Reason.DUPLICATE_SETTLEMENT, DUPLICATE),
				(capExceeded) -> failure(Reason.CAP_EXCEEDED, "the session has not that much left"),
				(refused) -> failure(reason(refused.failure()), refused.failure().sentence()),
				(notSent) -> failure(Reason.RPC_ERROR, notSent.reason()), this::pending);
	}

	private SettleResponse pending(SettlementResult.Pending pending) {
		return new SettleResponse(false, Reason.SETTLEMENT_PENDING.wireName(),
				"the transaction is on its way; its amount stays reserved until it ends", this.payer,
				pending.transaction(), network(), null, null);
	}

	/** Return what the chain's refusal means to the payment. */
	static Reason reason(TransferFailure failure) {
		return (failure == TransferFailure.ALLOWANCE) ? Reason.SESSION_SUPERSEDED : Reason.ONCHAIN_TRANSFER_FAILED;
	}

	private SettleResponse settled(SettlementResult.Settled settled) {
		Map<String, Object> session = session(settled.balance());
		if (settled.calls() > 1) {
			session.put("coalesced", Integer.toString(settled.calls()));
		}
		if (settled.settleBefore() != null) {
			promise(session, SessionScheme.DEFERRED, settled.transaction(), settled.settleBefore());
		}
		return success(settled.transaction(), session, settled.replayed());
	}

	private SettleResponse onHold(SettlementResult.OnHold held) {
		Map<String, Object> session = session(held.balance());
		promise(session, SessionScheme.HELD, held.commitment(), held.settleBefore());
		session.put(SessionScheme.HELD_UNTIL, held.until().getEpochSecond());
		return success(held.commitment(), session, held.replayed());
	}

	private static void promise(Map<String, Object> session, String settlement, String commitment, long settleBefore) {
		session.put(SessionScheme.SETTLEMENT, settlement);
		session.put("commitment", commitment);
		session.put("settleBefore", settleBefore);
	}

	private SettleResponse success(String transaction, Map<String, Object> session, boolean replayed) {
		Map<String, @Nullable Object> extensions = new LinkedHashMap<>();
		extensions.put(PaymentCheck.SCHEME, session);
		if (replayed) {
			extensions.put(PaymentIdentifier.EXTENSION, Map.of("replayed", true));
		}
		return new SettleResponse(true, null, null, this.payer, transaction, network(),
				this.request.paymentRequirements().amount(), extensions);
	}

	/**
	 * Say that nothing is held for a payment any more, and nothing is paid.
	 * @param commitment what it would have become; empty if that is not known any more
	 * @param balance what the session has
	 */
	SettleResponse released(String commitment, FundingBalance balance) {
		Map<String, Object> session = session(balance);
		session.put(SessionScheme.SETTLEMENT, DeferralStatus.RELEASED.wireName());
		return new SettleResponse(true, null, null, this.payer, commitment, network(), "0",
				Map.of(PaymentCheck.SCHEME, session));
	}

	private Map<String, Object> session(FundingBalance balance) {
		Map<String, Object> session = new LinkedHashMap<>();
		session.put("id", this.id.handle());
		session.putAll(state(balance));
		return session;
	}

	/** Return what answers tell about a session; nothing of it opens anything. */
	static Map<String, String> state(FundingBalance balance) {
		Map<String, String> state = new LinkedHashMap<>();
		state.put("cap", balance.cap().toString());
		state.put("spent", balance.spent().toString());
		state.put("remaining", balance.remaining().toString());
		return state;
	}

	private SettleResponse failure(Reason reason, String message) {
		return SettleResponse.failure(reason.wireName(), message, network());
	}

	private String network() {
		return this.request.paymentRequirements().network();
	}

}
