package io.github.x402sessions.facilitator.scheme.session;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.scheme.BooksGuard;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * Admits payments of sessions to what is asked for them, and refuses the others: by
 * session and signature first, then by everything else that a payment is held against.
 * Answers both. Where the database fails nobody can say that nothing was done, for a call
 * or an earlier one. Thread-safe.
 */
final class PaymentAdmission {

	private final String network;

	private final PaymentRules rules;

	private final SessionFunding funding;

	private final SettlementEngine engine;

	private final HeldPayments held;

	private final DeliveryTracker deliveries;

	private final BooksGuard books;

	/**
	 * Create it.
	 * @param network the network that is served, as a CAIP-2 id
	 * @param rules what payments are held against
	 * @param funding lets settlements draw on sessions
	 * @param engine knows what was paid, and how long callers wait
	 * @param held knows what is held
	 * @param deliveries remembers what answers tell
	 */
	PaymentAdmission(String network, PaymentRules rules, SessionFunding funding, SettlementEngine engine,
			HeldPayments held, DeliveryTracker deliveries) {
		this.network = network;
		this.rules = rules;
		this.funding = funding;
		this.engine = engine;
		this.held = held;
		this.deliveries = deliveries;
		this.books = new BooksGuard(network);
	}

	/** Admit a payment whose session is known, signed where it has to be. */
	SettleResponse admit(FacilitatorRequest request, PaymentKey key, Function<PaymentCall, SettleResponse> work) {
		return admit(request, key, work, Optional::empty);
	}

	/**
	 * Admit as well what the caller proves to hold. Its holder needs neither the
	 * session's token nor a signature: those were looked at before it was held, and the
	 * payer, who has got what he streams, may make both of them useless.
	 * @param end ends a payment that is held; empty if it is held no longer
	 */
	SettleResponse admitHeld(FacilitatorRequest request, PaymentKey key, Function<PaymentCall, SettleResponse> work,
			BiFunction<PaymentCall, KnownPayment, Optional<SettleResponse>> end) {
		return admit(request, key, work, () -> ofHolder(request, key, end));
	}

	private SettleResponse admit(FacilitatorRequest request, PaymentKey key, Function<PaymentCall, SettleResponse> work,
			Supplier<Optional<SettleResponse>> otherwise) {
		return this.books.orPending(() -> {
			Session session = this.rules.check().session(request);
			SignatureVerdict signature = this.rules.signature(request, session);
			return (session != null && signature.refusal() == null) ? work.apply(call(request, session, key, signature))
					: otherwise.get().orElseGet(() -> refuse(request, key, signature));
		});
	}

	private SettleResponse refuse(FacilitatorRequest request, PaymentKey key, SignatureVerdict signature) {
		Verdict.Refused unsigned = signature.refusal();
		return (unsigned != null) ? failure(unsigned.reason(), unsigned.message())
				: payable(request, null, key, (payable) -> failure(Reason.SESSION_NOT_FOUND, "no session pays"));
	}

	private Optional<SettleResponse> ofHolder(FacilitatorRequest request, PaymentKey key,
			BiFunction<PaymentCall, KnownPayment, Optional<SettleResponse>> end) {
		String id = key.id();
		if (id == null || PaymentKeys.holder(request).isEmpty()) {
			return Optional.empty();
		}
		return this.held.accounts(id)
			.stream()
			.map((account) -> call(request, this.rules.check().session(account), key, SignatureVerdict.NOT_NEEDED))
			.flatMap((call) -> this.engine.find(call.account(), key)
				.filter(call::isAbout)
				.flatMap((payment) -> end.apply(call, payment))
				.stream())
			.findFirst();
	}

	private PaymentCall call(FacilitatorRequest request, Session session, PaymentKey key, SignatureVerdict signature) {
		return new PaymentCall(request, session, this.funding.account(session, signature.evidence()), key,
				this.engine.deadline());
	}

	/** Let a payment be made that may be, and refuse others. */
	SettleResponse payable(PaymentCall call, Function<Verdict.Payable, SettleResponse> work) {
		return payable(call.request(), call.session(), call.key(), work);
	}

	private SettleResponse payable(FacilitatorRequest request, @Nullable Session session, PaymentKey key,
			Function<Verdict.Payable, SettleResponse> work) {
		Verdict verdict;
		try {
			verdict = this.rules.check().check(request, session, key);
		}
		catch (SigningException ex) {
			return failure(Reason.RPC_ERROR, "this node cannot sign for the session's spender; try again");
		}
		catch (RpcException ex) {
			return failure(Reason.RPC_ERROR, "the Stellar RPC gives no usable answer");
		}
		return verdict.fold(work, (refused) -> refuse(session, key, refused));
	}

	/**
	 * What was verified before its recipient's rules changed, or were used up, is free.
	 */
	private SettleResponse refuse(@Nullable Session session, PaymentKey key, Verdict.Refused refused) {
		if (refused.byRecipient() && session != null) {
			booked(session, key);
		}
		return failure(refused.reason(), refused.message());
	}

	/** Refuse a payment since its recipient may be paid no more. */
	SettleResponse refuse(PaymentCall call, RecipientLimitException limit) {
		booked(call);
		return failure(Reason.RATE_LIMITED, String.valueOf(limit.getMessage()));
	}

	/** Hear that the books have what was verified, or that nothing came of it. */
	void booked(PaymentCall call) {
		booked(call.session(), call.key());
	}

	private void booked(Session session, PaymentKey key) {
		String id = key.id();
		if (id != null) {
			tidy(() -> this.rules.verified().release(session, id));
		}
	}

	/** Tidy up after a call whose outcome is known, and has to be told in any case. */
	void tidy(Runnable work) {
		this.books.tidy(work);
	}

	/**
	 * Answer what came of a payment, which its caller is told by that. A session that was
	 * stopped while the payment was made has not run out: nobody is to open another one.
	 */
	SettleResponse answer(PaymentCall call, SettlementResult result) {
		if (result instanceof SettlementResult.CapExceeded) {
			Verdict.Refused stopped = PaymentCheck.stopped(this.rules.check().session(call.session().key()));
			if (stopped != null) {
				return failure(stopped.reason(), stopped.message());
			}
		}
		return this.deliveries.track(result, call.responses().of(result));
	}

	/**
	 * The network is ours, whatever was asked for: nothing of a stranger's is repeated.
	 */
	SettleResponse failure(Reason reason, String message) {
		return SettleResponse.failure(reason.wireName(), message, this.network);
	}

}
