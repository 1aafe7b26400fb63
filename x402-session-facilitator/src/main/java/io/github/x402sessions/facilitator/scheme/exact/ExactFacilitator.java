package io.github.x402sessions.facilitator.scheme.exact;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.facilitator.scheme.BooksGuard;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.scheme.SchemeFacilitator;
import io.github.x402sessions.facilitator.settlement.KeyStatus;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * The facilitator of the exact scheme: checks what a payer has signed, and sends it for
 * the payer. Settling trusts no verification before it. Thread-safe.
 */
final class ExactFacilitator implements SchemeFacilitator {

	private static final String NO_FEES = "no more fees are paid for the payer now";

	private final Supplier<SupportedResponse> supported;

	private final ExactPolicy policy;

	private final ExactPayments payments;

	private final SponsoredFees fees;

	private final SettlementEngine engine;

	private final DeliveryTracker deliveries;

	private final RecipientRules rules;

	private final BooksGuard books;

	/**
	 * Create the facilitator.
	 * @param policy what the operator lets be paid
	 * @param signers the accounts that may send payments
	 * @param payments reads what is signed
	 * @param fees what is paid for payers
	 * @param engine settles, and knows what was paid
	 * @param deliveries remembers what answers tell
	 * @param rules what recipients are paid
	 */
	ExactFacilitator(ExactPolicy policy, Supplier<List<String>> signers, ExactPayments payments, SponsoredFees fees,
			SettlementEngine engine, DeliveryTracker deliveries, RecipientRules rules) {
		this.supported = () -> new SupportedResponse(List.of(policy.kind()), List.of(PaymentIdentifier.EXTENSION),
				Map.of("stellar:*", signers.get()));
		this.policy = policy;
		this.payments = payments;
		this.fees = fees;
		this.engine = engine;
		this.deliveries = deliveries;
		this.rules = rules;
		this.books = new BooksGuard(policy.network());
	}

	@Override
	public String scheme() {
		return ExactPolicy.SCHEME;
	}

	@Override
	public SupportedResponse supported() {
		return this.supported.get();
	}

	/**
	 * Verify a payment. One that was made before, or is being made, is valid as long as
	 * its server may still be told of it.
	 * @throws FacilitatorUnavailableException if the chain does not say
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		try {
			Call call = call(request);
			return known(call).orElseGet(() -> verify(call));
		}
		catch (PaymentRefusedException ex) {
			return VerifyResponse.invalid(ex.reason(), ex.sentence());
		}
		catch (RpcException ex) {
			throw new FacilitatorUnavailableException("the Stellar RPC gives no usable answer", ex);
		}
	}

	private VerifyResponse verify(Call call) {
		requireAllowed(call);
		if (!this.fees.allows(call.payer())) {
			return VerifyResponse.invalid(Reason.RATE_LIMITED.wireName(), NO_FEES);
		}
		try {
			call.payment().check();
			return VerifyResponse.valid(call.payer());
		}
		catch (PaymentRefusedException ex) {
			return known(call).orElseThrow(() -> ex);
		}
	}

	private void requireAllowed(Call call) {
		this.rules.check(scheme(), call.request().paymentRequirements()).ifPresent((refusal) -> {
			throw new PaymentRefusedException(refusal.reason().wireName(), refusal.message());
		});
	}

	/** Answer for a payment that is known; empty if it is not. */
	private Optional<VerifyResponse> known(Call call) {
		KeyStatus use = this.engine.use(call.account(), call.key());
		return switch (use) {
			case FREE -> Optional.empty();
			case SAME -> Optional.of(VerifyResponse.valid(call.payer()));
			case TOLD ->
				Optional.of(VerifyResponse.invalid(Reason.DUPLICATE_SETTLEMENT.wireName(), ExactResponses.DUPLICATE));
			case OTHER -> Optional.of(this.engine.isAliasTaken(call.account(), call.key())
					? VerifyResponse.invalid(Reason.PAYMENT_IDENTIFIER_CONFLICT.wireName(), ExactResponses.CONFLICT)
					: VerifyResponse.invalid(Reason.DUPLICATE_SETTLEMENT.wireName(), ExactResponses.DUPLICATE));
		};
	}

	/**
	 * Settle a payment, at most once: a repeated call gets what became of the first, and
	 * waits for it while it is open.
	 * @throws MalformedMessageException if the payment's identifier is not of its form
	 */
	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return this.books.orPending(() -> settling(request, this::settleOnce));
	}

	private SettleResponse settling(FacilitatorRequest request, Function<Call, SettleResponse> work) {
		try {
			return work.apply(call(request));
		}
		catch (PaymentRefusedException ex) {
			return failure(ex.reason(), ex.sentence());
		}
		catch (RpcException ex) {
			return failure(Reason.RPC_ERROR.wireName(), "the Stellar RPC gives no usable answer");
		}
	}

	private SettleResponse settleOnce(Call call) {
		SettlementResult repeated = repeated(call);
		if (repeated != null) {
			return answer(call, repeated);
		}
		requireAllowed(call);
		if (!this.fees.mayTry(call.payer())) {
			return noFees();
		}
		try {
			call.payment().check();
		}
		catch (PaymentRefusedException ex) {
			return settledMeanwhile(call, ex);
		}
		return this.fees.take(call.payer()).map((giveBack) -> send(call, giveBack)).orElseGet(this::noFees);
	}

	/** The chain refuses what another call has paid since this one has looked. */
	private SettleResponse settledMeanwhile(Call call, PaymentRefusedException refusal) {
		SettlementResult meanwhile = repeated(call);
		if (meanwhile == null) {
			throw refusal;
		}
		return answer(call, meanwhile);
	}

	private @Nullable SettlementResult repeated(Call call) {
		return this.engine.repeated(call.account(), call.key(), call.deadline());
	}

	private SettleResponse send(Call call, Runnable giveBack) {
		SettlementResult result;
		try {
			result = this.engine.settle(
					new TransferOrder(call.account(), call.payment().transfer(), call.payment().lastLedger()),
					call.key(), call.deadline());
		}
		catch (RecipientLimitException ex) {
			if (!ex.mayHaveCost()) {
				this.books.tidy(giveBack);
			}
			return failure(Reason.RATE_LIMITED.wireName(), String.valueOf(ex.getMessage()));
		}
		if (result instanceof SettlementResult.Refused) {
			this.fees.failed(call.payer());
		}
		if (result instanceof SettlementResult.NotSent notSent && !notSent.mayHaveCost()) {
			this.books.tidy(giveBack);
		}
		return answer(call, result);
	}

	private SettleResponse answer(Call call, SettlementResult result) {
		boolean aliasTaken = result instanceof SettlementResult.Conflict
				&& this.engine.isAliasTaken(call.account(), call.key());
		return this.deliveries.track(result, new ExactResponses(call.request(), call.payer(), aliasTaken).of(result));
	}

	private SettleResponse noFees() {
		return failure(Reason.RATE_LIMITED.wireName(), NO_FEES);
	}

	private SettleResponse failure(String reason, String message) {
		return SettleResponse.failure(reason, message, this.policy.network());
	}

	private Call call(FacilitatorRequest request) {
		ExactPayment payment = this.payments.read(this.policy.transaction(request), request.paymentRequirements());
		FundingSource account = new ExactAccount(payment.transfer().from(), payment.method());
		return new Call(request, payment, account, ExactKeys.of(request, payment.nonce()), this.engine.deadline());
	}

	/**
	 * A call that is about a payment.
	 *
	 * @param request what was asked
	 * @param payment what is signed
	 * @param account what it draws on
	 * @param key what makes another request the same payment
	 * @param deadline how long the caller waits
	 */
	private record Call(FacilitatorRequest request, ExactPayment payment, FundingSource account, PaymentKey key,
			SettleDeadline deadline) {

		String payer() {
			return this.payment.transfer().from();
		}

	}

}
