package io.github.x402sessions.servlet.payment;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

import jakarta.servlet.ServletRequest;

/**
 * The payment of a request that is charged step by step while its answer leaves, up to
 * what was verified. Whoever charges nothing gives its answer away. A step is charged
 * before what it pays for is written:
 *
 * <pre class="code">
 * MeteredPayment payment = MeteredPayment.of(request).orElseThrow();
 * for (String word : words) {
 * 	payment.charge("0.0002");
 * 	response.getWriter().print(word);
 * 	response.flushBuffer();
 * }
 * </pre>
 *
 * Where the route is deferred and the facilitator holds amounts, the answer streams from
 * its first flush on. What was charged for and has left is settled once, when the answer
 * ends, its handler fails or its client goes. Where nothing is held, and on a route that
 * settles at commit, the answer is kept until it is whole, within the filter's hold
 * budget, and settled then. Thread-safe.
 */
public final class MeteredPayment {

	private final Payment payment;

	private MeteredPayment(Payment payment) {
		this.payment = payment;
	}

	/**
	 * Find the payment of a request, which is charged step by step from now on: to be
	 * called before the answer begins to leave.
	 * @param request the request
	 * @return the payment, or empty if the request is free
	 * @throws IllegalStateException if the payment is settled before its handler runs, or
	 * beside it
	 */
	public static Optional<MeteredPayment> of(ServletRequest request) {
		return Payment.of(request).map((payment) -> {
			payment.meter();
			return new MeteredPayment(payment);
		});
	}

	/**
	 * Return the payment itself, for who pays and with what.
	 * @return the payment, whose {@link Payment#charge} is of no use any more
	 */
	public Payment payment() {
		return this.payment;
	}

	/**
	 * Charge more.
	 * @param baseUnits what to add to what was charged so far, not negative
	 * @throws IllegalArgumentException if it is negative
	 * @throws ChargeRefusedException if that is more than what {@link #remaining()}; then
	 * nothing is added
	 */
	public void charge(BigInteger baseUnits) {
		Objects.requireNonNull(baseUnits, "baseUnits");
		if (baseUnits.signum() < 0) {
			throw new IllegalArgumentException("what is charged must not be negative");
		}
		this.payment.add(baseUnits);
	}

	/**
	 * Charge more.
	 * @param price what to add as a decimal in whole tokens, such as {@code 0.0002}
	 * @throws IllegalArgumentException if it is no such decimal
	 * @throws ChargeRefusedException if that is more than what {@link #remaining()}; then
	 * nothing is added
	 */
	public void charge(String price) {
		charge(this.payment.asset().toBaseUnits(price));
	}

	/**
	 * Return what was charged so far: in the end, what is settled.
	 * @return base units
	 */
	public BigInteger charged() {
		return this.payment.charged();
	}

	/**
	 * Return what can still be charged for this answer.
	 * @return base units; 0 once the payment is being settled
	 */
	public BigInteger remaining() {
		return this.payment.addable();
	}

	@Override
	public String toString() {
		return "MeteredPayment[" + this.payment + "]";
	}

}
