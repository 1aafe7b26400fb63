package io.github.x402sessions.webflux;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.body.SignedCallRules;
import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.purchase.IdempotencyDecision;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.purchase.RequestHash;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.webflux.answer.ExchangeAnswers;
import io.github.x402sessions.webflux.body.BodyReceiver;
import io.github.x402sessions.webflux.body.ReceivedBody;
import io.github.x402sessions.webflux.hold.GateThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.WebFilterChain;

/**
 * The course of an exchange that is charged: whether its payment is for it, whether it
 * has bought an answer before, whether it holds, and then its handler or an answer in the
 * handler's place. Thread-safe.
 */
final class ExchangeSale {

	private final PaymentGate gate;

	private final ExchangeListeners listeners;

	private final ExchangeAnswers answers;

	private final GateThreads threads;

	private final IdempotencyGuard guard;

	private final SignedCallRules signedCalls;

	private final BodyReceiver bodies;

	private final PaidHandler paid;

	ExchangeSale(PaymentGate gate, ExchangeListeners listeners, ExchangeAnswers answers, GateThreads threads,
			IdempotencyGuard guard, SignedCallRules signedCalls, BodyReceiver bodies, PaidHandler paid) {
		this.gate = gate;
		this.listeners = listeners;
		this.answers = answers;
		this.threads = threads;
		this.guard = guard;
		this.signedCalls = signedCalls;
		this.bodies = bodies;
		this.paid = paid;
	}

	void concludeStreams() {
		this.paid.concludeStreams();
	}

	Mono<Void> sell(PricedExchange exchange, WebFilterChain chain) {
		PaymentPayload payment;
		Mono<ReceivedBody> body;
		try {
			payment = ExchangeRequests.payment(exchange.request(), this.gate);
			body = this.bodies.receive(exchange.request(), payment);
		}
		catch (MalformedMessageException ex) {
			return answer(exchange, Problem.malformedPayment("The payment header is malformed: " + ex.getMessage()))
				.run();
		}
		return body.map(Optional::of).onErrorResume(RefusedBodyException.class, (refused) -> {
			this.answers.write(exchange.raw(), problem(refused));
			return Mono.just(Optional.empty());
		})
			.flatMap((received) -> received.isPresent() ? sell(exchange, payment, received.get(), chain)
					: exchange.raw().send());
	}

	private Mono<Void> sell(PricedExchange exchange, @Nullable PaymentPayload payment, ReceivedBody body,
			WebFilterChain chain) {
		Callable<Step> step = () -> step(exchange, payment, body, chain);
		return ((payment != null) ? this.threads.decide(step, Step::drop) : this.threads.admit(step))
			.onErrorResume(RejectedExecutionException.class,
					(full) -> Mono.just(answer(exchange, Problem.facilitatorUnavailable())))
			.flatMap(Step::run)
			.doFinally((signal) -> close(body));
	}

	/** Its file is deleted, which is not done on an event loop. */
	private void close(ReceivedBody body) {
		if (body.isReceived()) {
			this.threads.later(body::close);
		}
	}

	private static Problem problem(RefusedBodyException refused) {
		String detail = refused.getMessage();
		return switch (refused.reason()) {
			case TOO_LARGE -> Problem.signedBodyTooLong(detail);
			case TOO_SLOW -> Problem.signedBodyTooSlow(detail);
			case CROWDED -> Problem.signedBodiesCrowded(detail);
			case MALFORMED -> Problem.malformedForm(detail);
		};
	}

	/**
	 * Find out what comes next, which may take as long as a facilitator and a store do.
	 */
	private Step step(PricedExchange exchange, @Nullable PaymentPayload payment, ReceivedBody body,
			WebFilterChain chain) throws IOException {
		if (payment != null) {
			Optional<PaymentDecision.Denied> refusal = this.signedCalls.refusal(exchange.route(), call(exchange),
					payment, body::difference);
			if (refusal.isPresent()) {
				return answer(exchange, refusal.get());
			}
		}
		IdempotencyDecision decision = this.guard.admit(payment, (accepted) -> hash(exchange, accepted), body);
		return decision.fold((open) -> decide(exchange, payment, open.purchase(), body, chain),
				(replay) -> repeat(exchange, payment, replay), (busy) -> answer(exchange, Problem.identifierBusy()),
				(taken) -> answer(exchange, Problem.identifierSpent()),
				(unavailable) -> answer(exchange, Problem.answersUnavailable()));
	}

	private Step decide(PricedExchange exchange, @Nullable PaymentPayload payment, IdempotentPurchase purchase,
			ReceivedBody body, WebFilterChain chain) {
		boolean decided = false;
		try {
			Step step = this.gate.decide(exchange.route(), call(exchange), payment, purchase.owedAmount())
				.fold((verified) -> this.paid.step(verified, exchange, purchase, body, chain), (denied) -> {
					purchase.close();
					return answer(exchange, denied);
				});
			decided = true;
			return step;
		}
		finally {
			if (!decided) {
				purchase.close();
			}
		}
	}

	private ReceivedCall call(PricedExchange exchange) {
		return this.answers.call(exchange.request());
	}

	private Step repeat(PricedExchange exchange, @Nullable PaymentPayload payment, IdempotencyDecision.Replay replay) {
		return this.gate.refusalOfRepeat(exchange.route(), call(exchange), payment, replay.amount())
			.map((denied) -> answer(exchange, denied))
			.orElseGet(() -> repeat(exchange, replay.response()));
	}

	private Step repeat(PricedExchange exchange, StoredResponse stored) {
		this.listeners.replayed(exchange.known(), exchange.route());
		return () -> {
			ExchangeAnswers.repeat(exchange.raw(), stored);
			return exchange.raw().send();
		};
	}

	private Step answer(PricedExchange exchange, PaymentDecision.Denied decision) {
		return () -> {
			this.answers.write(exchange.request(), exchange.raw(), exchange.route(), decision);
			return exchange.raw().send();
		};
	}

	private Step answer(PricedExchange exchange, Problem problem) {
		return () -> {
			this.answers.write(exchange.raw(), problem);
			return exchange.raw().send();
		};
	}

	private static String hash(PricedExchange exchange, PaymentRequirements accepted) {
		ServerHttpRequest request = exchange.request();
		return RequestHash.of(
				new RequestHash.Line(request.getMethod().name(), request.getURI().getHost(),
						request.getURI().getRawPath(), request.getURI().getRawQuery(), exchange.known().user(),
						request.getHeaders().getContentLength()),
				(name) -> request.getHeaders().getOrEmpty(name), accepted);
	}

	/** What comes next of an exchange. */
	@FunctionalInterface
	interface Step {

		/** Go on. */
		Mono<Void> run();

		/** Nobody waits for it any more. */
		default void drop() {
		}

	}

}
