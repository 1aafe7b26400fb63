package io.github.x402sessions.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.purchase.IdempotencyDecision;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.purchase.RepeatableBody;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.scheme.SignedCall;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * The course of a call in front of its tool: whether it is charged, what its payment's
 * identifier was used for, and whether the payment holds. Any doubt keeps the tool from
 * running. Blocks while a facilitator is asked. Thread-safe.
 */
final class ToolGate {

	private static final Logger logger = LoggerFactory.getLogger(ToolGate.class);

	private final PaymentGate gate;

	private final ToolListeners listeners;

	private final IdempotencyGuard guard;

	private final Executor executor;

	private final int resultBudget;

	/**
	 * Create a gate.
	 * @param executor settles beside tools, and runs what blocks of tools that do not
	 * @param resultBudget the longest result that is kept for clients that ask again,
	 * bytes
	 */
	ToolGate(PaymentGate gate, ToolListeners listeners, IdempotencyGuard guard, Executor executor, int resultBudget) {
		this.gate = gate;
		this.listeners = listeners;
		this.guard = guard;
		this.executor = executor;
		this.resultBudget = resultBudget;
	}

	/**
	 * Return where it may block for tools that do not; where nobody else can, Reactor
	 * does.
	 */
	Executor blocking() {
		return (task) -> {
			try {
				this.executor.execute(task);
			}
			catch (RejectedExecutionException ex) {
				Schedulers.boundedElastic().schedule(task);
			}
		};
	}

	/**
	 * Decide on a call.
	 * @param sent what the client has sent as a payment; {@code null} if nothing
	 */
	ToolAdmission admit(PricedTool tool, ToolCall call, @Nullable Object sent) {
		try {
			return switch (this.listeners.access(call, tool.route())) {
				case GRANT -> new ToolAdmission.Granted();
				case DENY -> refuse(tool, call, ToolRefusal.denied());
				case CHARGE -> charge(tool, call, sent);
			};
		}
		catch (RuntimeException ex) {
			logger.error("A call of tool '{}' could not be decided on", tool.name(), ex);
			return refuse(tool, call, ToolRefusal.broken());
		}
	}

	/** A tool that was not charged has answered. */
	void granted(PricedTool tool, ToolCall call) {
		this.listeners.answered(call, tool.route(), null);
	}

	private ToolAdmission refuse(PricedTool tool, ToolCall call, ToolRefusal refusal) {
		this.listeners.answered(call, tool.route(), refusal.reason());
		return new ToolAdmission.Answered(refusal.result());
	}

	private ToolAdmission charge(PricedTool tool, ToolCall call, @Nullable Object sent) {
		ReceivedCall received = ReceivedCall.of(call.resource());
		PaymentPayload payment;
		try {
			payment = read(sent);
		}
		catch (MalformedMessageException ex) {
			return refuse(tool, call, ToolRefusal.malformed(terms(tool, received), String.valueOf(ex.getMessage())));
		}
		Optional<PaymentDecision.Denied> mismatch = (payment != null) ? mismatch(tool.route(), received, payment)
				: Optional.empty();
		if (mismatch.isPresent()) {
			return refuse(tool, call, ToolRefusal.of(mismatch.get(), known(tool, call)));
		}
		return admit(payment, call).fold((open) -> sell(tool, call, payment, open.purchase()),
				(replay) -> repeat(tool, call, payment, replay),
				(busy) -> refuse(tool, call, ToolRefusal.busy(known(tool, call))),
				(taken) -> refuse(tool, call, ToolRefusal.spent(known(tool, call))),
				(unavailable) -> refuse(tool, call, ToolRefusal.answersUnavailable(known(tool, call))));
	}

	/** A payment is bounded as it is in a header. */
	private @Nullable PaymentPayload read(@Nullable Object sent) {
		if (sent == null) {
			return null;
		}
		String header;
		try {
			header = PaymentHeader.encode(sent);
		}
		catch (RuntimeException ex) {
			throw new MalformedMessageException("not valid JSON");
		}
		return this.gate.read(header);
	}

	private static PaymentRequired known(PricedTool tool, ToolCall call) {
		return PaymentGate.knownTerms(tool.route(), call.resource());
	}

	/** The terms with what facilitators add, where they can be asked. */
	private PaymentRequired terms(PricedTool tool, ReceivedCall received) {
		return (this.gate.decide(tool.route(), received, null) instanceof PaymentDecision.Challenge challenge)
				? challenge.required() : PaymentGate.knownTerms(tool.route(), received.resource());
	}

	/** Hold what a payer has signed against the call, before anything is looked up. */
	private Optional<PaymentDecision.Denied> mismatch(PricedRoute route, ReceivedCall received,
			PaymentPayload payment) {
		Optional<SignedCall> signed = ReceivedCall.signedIn(payment);
		if (signed.isEmpty()) {
			return Optional.empty();
		}
		return this.gate.refusal(route, received, payment)
			.or(() -> signed.get().leavesBodyOpen() ? Optional.empty() : Optional
				.of(this.gate.refuse(route, received, "the call of a tool has no body: '-' has to be signed for it")));
	}

	private IdempotencyDecision admit(@Nullable PaymentPayload payment, ToolCall call) {
		try {
			return this.guard.admit(payment, (accepted) -> CallHash.of(call, accepted), RepeatableBody.NONE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ToolAdmission sell(PricedTool tool, ToolCall call, @Nullable PaymentPayload payment,
			IdempotentPurchase purchase) {
		boolean sold = false;
		try {
			PaymentDecision decision = this.gate.decide(tool.route(), ReceivedCall.of(call.resource()), payment,
					purchase.owedAmount());
			ToolAdmission admission = decision.fold((verified) -> sell(tool, call, verified, purchase), (denied) -> {
				purchase.close();
				return refuse(tool, call, ToolRefusal.of(denied, known(tool, call)));
			});
			sold = admission instanceof ToolAdmission.Sold;
			return admission;
		}
		finally {
			if (!sold) {
				purchase.close();
			}
		}
	}

	private ToolAdmission sell(PricedTool tool, ToolCall call, PaymentDecision.Verified verified,
			IdempotentPurchase purchase) {
		Payment payment = Payment.of(tool.route(), verified);
		this.listeners.verified(call, payment);
		Charge charge = new Charge(this.gate, payment, this.listeners.settlements(), purchase);
		return new ToolAdmission.Sold(
				new ToolSale(tool, call, charge, purchase, this.listeners, this.executor, this.resultBudget));
	}

	private ToolAdmission repeat(PricedTool tool, ToolCall call, @Nullable PaymentPayload payment,
			IdempotencyDecision.Replay replay) {
		return this.gate.refusalOfRepeat(tool.route(), ReceivedCall.of(call.resource()), payment, replay.amount())
			.map((denied) -> refuse(tool, call, ToolRefusal.of(denied, known(tool, call))))
			.orElseGet(() -> repeat(tool, call, replay));
	}

	private ToolAdmission repeat(PricedTool tool, ToolCall call, IdempotencyDecision.Replay replay) {
		this.listeners.replayed(call, tool.route());
		this.listeners.answered(call, tool.route(), null);
		return new ToolAdmission.Answered(ToolResults.read(replay.response()));
	}

}
