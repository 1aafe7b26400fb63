package io.github.x402sessions.webflux;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementThreads;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.settle.FailedSettlement;
import io.github.x402sessions.core.settle.MeteredStreams;
import io.github.x402sessions.core.settle.ResponseCopy;
import io.github.x402sessions.core.settle.SettleOnCommit;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.webflux.answer.ExchangeAnswers;
import io.github.x402sessions.webflux.body.ReceivedBody;
import io.github.x402sessions.webflux.hold.GateThreads;
import io.github.x402sessions.webflux.hold.HeldServerResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Runs the rest of the chain for a verified payment, with a {@link HeldServerResponse} in
 * between, and settles when the route wants it.
 */
final class PaidHandler {

	private static final int INTERNAL_SERVER_ERROR = 500;

	private final PaymentGate gate;

	private final ExchangeListeners listeners;

	private final ExchangeAnswers answers;

	private final GateThreads threads;

	private final ServerCodecConfigurer codecs;

	private final int holdBudget;

	private final MeteredStreams streams = new MeteredStreams();

	private final Executor besideHandlers = SettlementThreads.create();

	PaidHandler(PaymentGate gate, ExchangeListeners listeners, ExchangeAnswers answers, GateThreads threads,
			ServerCodecConfigurer codecs, int holdBudget) {
		this.gate = gate;
		this.listeners = listeners;
		this.answers = answers;
		this.threads = threads;
		this.codecs = codecs;
		this.holdBudget = holdBudget;
	}

	void concludeStreams() {
		this.streams.conclude();
	}

	ExchangeSale.Step step(PaymentDecision.Verified verified, PricedExchange exchange, IdempotentPurchase purchase,
			ReceivedBody body, WebFilterChain chain) {
		Payment payment = Payment.of(exchange.route(), verified);
		Charge charge = new Charge(this.gate, payment, this.listeners.settlements(), purchase);
		this.listeners.verified(exchange.known(), payment);
		return new ExchangeSale.Step() {

			@Override
			public Mono<Void> run() {
				return proceed(charge, exchange, purchase, body, chain);
			}

			@Override
			public void drop() {
				purchase.close();
			}

		};
	}

	private Mono<Void> proceed(Charge charge, PricedExchange exchange, IdempotentPurchase purchase, ReceivedBody body,
			WebFilterChain chain) {
		SettlementTiming timing = exchange.route().timing();
		Mono<Void> handling = Mono.defer(() -> handle(charge, exchange, purchase, body, chain));
		return switch (timing) {
			case AT_COMMIT, DEFERRED -> handling;
			case DURING_HANDLER -> before(charge, exchange,
					() -> charge.start(this.besideHandlers) || isSettled(charge, exchange), handling);
			case BEFORE_HANDLER -> before(charge, exchange, () -> isSettled(charge, exchange), handling);
		};
	}

	/** Run the handler only if that is right, which is not begun if nobody waits. */
	private Mono<Void> before(Charge charge, PricedExchange exchange, Callable<Boolean> mayRun, Mono<Void> handling) {
		return this.threads.settle(mayRun, (runs) -> reportUnheard(charge))
			.doOnError((failure) -> this.threads.later(charge::end))
			.doOnCancel(() -> this.threads.later(charge::end))
			.onErrorResume(RejectedExecutionException.class, (full) -> {
				this.answers.write(exchange.raw(), Problem.facilitatorUnavailable());
				return Mono.just(false);
			})
			.flatMap((runs) -> runs ? handling : exchange.raw().send());
	}

	/**
	 * The client went while its money moved, and no handler runs for nobody: whoever has
	 * an identifier may ask again, of the others a listener hears.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // a listener hears of it
	private void reportUnheard(Charge charge) {
		if (charge.isStarted()) {
			charge.underWay()
				.thenRun(() -> this.threads.later(() -> charge.reportFailure(charge.settle(), INTERNAL_SERVER_ERROR)));
		}
	}

	/** Who hears that it is not may try again at once. */
	private boolean isSettled(Charge charge, PricedExchange exchange) throws IOException {
		SettlementOutcome outcome = charge.settle();
		if (outcome instanceof SettlementOutcome.Settled) {
			return true;
		}
		charge.end();
		failure(exchange).write(outcome, charge.isPaidOnce());
		return false;
	}

	private FailedSettlement failure(PricedExchange exchange) {
		return this.answers.failure(exchange.request(), exchange.raw(), exchange.route());
	}

	private Mono<Void> handle(Charge charge, PricedExchange exchange, IdempotentPurchase purchase, ReceivedBody body,
			WebFilterChain chain) {
		boolean bodiless = ExchangeRequests.isBodiless(exchange.request());
		FailedSettlement failure = failure(exchange);
		SettleOnCommit settlement = new SettleOnCommit(charge, this.streams, exchange.route(), exchange.raw(), failure);
		purchase.handling();
		HeldServerResponse held = new HeldServerResponse(exchange.raw(), this.holdBudget, settlement, failure,
				new ResponseCopy(purchase, exchange.raw(), this.holdBudget, bodiless), this.threads, bodiless);
		ServerWebExchange sold = new SoldExchange(exchange.exchange(), body.in(exchange.view(), held.bufferFactory()),
				held, body.isReceived(), this.codecs);
		sold.getAttributes().put(ExchangePricing.AUTHORIZED_ROUTE, exchange.route());
		sold.getAttributes().put(ExchangePayment.ATTRIBUTE, charge.payment());
		return held.carry(Mono.defer(() -> chain.filter(sold)).then(sold.cleanupMultipart()));
	}

}
