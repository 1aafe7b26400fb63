package io.github.x402sessions.servlet.payment;

import java.util.Optional;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import jakarta.servlet.ServletRequest;

/**
 * Finds the payment of a request.
 *
 * <pre class="code">
 * Payment payment = RequestPayment.of(request).orElseThrow();
 * payment.charge("0.03");
 * </pre>
 */
public final class RequestPayment {

	/** The request attribute that holds the {@link Payment}. */
	public static final String ATTRIBUTE = Payment.class.getName();

	private RequestPayment() {
	}

	/**
	 * Find the payment of a request.
	 * @param request the request
	 * @return the payment, or empty if the request is free
	 */
	public static Optional<Payment> of(ServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof Payment payment) ? Optional.of(payment) : Optional.empty();
	}

	/**
	 * Find the payment of a request, which is charged step by step from now on: to be
	 * called before the answer begins to leave. A step is charged before what it pays for
	 * is written:
	 *
	 * <pre class="code">
	 * MeteredPayment payment = RequestPayment.metered(request).orElseThrow();
	 * for (String word : words) {
	 * 	payment.charge("0.0002");
	 * 	response.getWriter().print(word);
	 * 	response.flushBuffer();
	 * }
	 * </pre>
	 *
	 * Where the route is deferred and the facilitator holds amounts, the answer streams
	 * from its first flush on. What was charged for and has left is settled once, when
	 * the answer ends, its handler fails or its client goes. Where nothing is held, and
	 * on a route that settles at commit, the answer is kept until it is whole, within the
	 * filter's hold budget, and settled then.
	 * @param request the request
	 * @return the payment, or empty if the request is free
	 * @throws IllegalStateException if the payment is settled before its handler runs, or
	 * beside it
	 */
	public static Optional<MeteredPayment> metered(ServletRequest request) {
		return of(request).map(MeteredPayment::of);
	}

}
