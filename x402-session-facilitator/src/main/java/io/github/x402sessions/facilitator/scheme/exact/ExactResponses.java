package io.github.x402sessions.facilitator.scheme.exact;

import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.settlement.SettlementResult;

/**
 * Says on the wire what a settlement came to.
 *
 * @param request what was asked
 * @param payer who pays
 * @param aliasTaken whether a conflict is about the payment identifier, and not about the
 * nonce
 */
record ExactResponses(FacilitatorRequest request, String payer, boolean aliasTaken) {

	static final String CONFLICT = "the payment identifier was used for another payment";

	static final String DUPLICATE = "the payment has settled before, or its nonce was used for another one";

	SettleResponse of(SettlementResult result) {
		return result.fold(this::settled, (held) -> unexpected(), (unconcluded) -> unexpected(),
				(conflict) -> this.aliasTaken ? failure(Reason.PAYMENT_IDENTIFIER_CONFLICT, CONFLICT)
						: failure(Reason.DUPLICATE_SETTLEMENT, DUPLICATE),
				(duplicate) -> failure(Reason.DUPLICATE_SETTLEMENT, DUPLICATE), (capExceeded) -> unexpected(),
				(refused) -> failure(Reason.SETTLE_EXACT_STELLAR_TRANSACTION_FAILED, refused.failure().sentence()),
				(notSent) -> failure(Reason.RPC_ERROR, notSent.reason()),
				(pending) -> failure(Reason.SETTLEMENT_PENDING, "the transaction is on its way",
						pending.transaction()));
	}

	private SettleResponse settled(SettlementResult.Settled settled) {
		return new SettleResponse(true, null, null, this.payer, settled.transaction(), network(),
				this.request.paymentRequirements().amount(),
				settled.replayed() ? Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", true)) : null);
	}

	/** No payment of this scheme is held, and none has a cap. */
	private SettleResponse unexpected() {
		return failure(Reason.UNEXPECTED_SETTLE_ERROR, "the payment cannot be settled");
	}

	private SettleResponse failure(Reason reason, String message) {
		return failure(reason, message, "");
	}

	private SettleResponse failure(Reason reason, String message, String transaction) {
		return new SettleResponse(false, reason.wireName(), message, this.payer, transaction, network(), null, null);
	}

	private String network() {
		return this.request.paymentRequirements().network();
	}

}
