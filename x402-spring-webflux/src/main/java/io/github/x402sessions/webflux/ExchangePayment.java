package io.github.x402sessions.webflux;

import java.util.Optional;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;

import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the payment of an exchange. Handlers of controllers may take a {@link Payment} or
 * a {@link MeteredPayment} as an argument instead.
 *
 * <pre class="code">
 * MeteredPayment payment = ExchangePayment.metered(request.exchange()).orElseThrow();
 * return ServerResponse.ok()
 * 	.contentType(MediaType.TEXT_EVENT_STREAM)
 * 	.body(words.doOnNext((word) -&gt; payment.charge("0.0002")), String.class);
 * </pre>
 */
public final class ExchangePayment {

	/** The attribute of an exchange that holds the {@link Payment}. */
	public static final String ATTRIBUTE = Payment.class.getName();

	private ExchangePayment() {
	}

	/**
	 * Find the payment of an exchange.
	 * @param exchange the exchange
	 * @return the payment, or empty if the request is free
	 */
	public static Optional<Payment> of(ServerWebExchange exchange) {
		return (exchange.getAttribute(ATTRIBUTE) instanceof Payment payment) ? Optional.of(payment) : Optional.empty();
	}

	/**
	 * Find the payment of an exchange, which is charged step by step from now on: to be
	 * called before the answer begins to leave. A step is charged before what it pays for
	 * is emitted. Where the route is deferred and the facilitator holds amounts, the
	 * answer streams from its first flush on, and what was charged for and has left is
	 * settled once, when the answer ends, its handler fails or its client goes. Where
	 * nothing is held, and on a route that settles at commit, the answer is kept until it
	 * is whole, within the hold budget, and settled then.
	 * @param exchange the exchange
	 * @return the payment, or empty if the request is free
	 * @throws IllegalStateException if the payment is settled before its handler runs, or
	 * beside it
	 */
	public static Optional<MeteredPayment> metered(ServerWebExchange exchange) {
		return of(exchange).map(MeteredPayment::of);
	}

}
