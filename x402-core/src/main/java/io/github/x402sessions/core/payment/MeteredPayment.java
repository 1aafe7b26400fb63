package io.github.x402sessions.core.payment;

import java.math.BigInteger;
import java.util.Objects;

/**
 * The payment of a call that is charged step by step, up to what was verified: the sum is
 * settled once, when its answer ends. Whoever charges nothing gives its answer away. A
 * step is charged before what it pays for is given. Thread-safe.
 */
public final class MeteredPayment {

	private final Payment payment;

	private MeteredPayment(Payment payment) {
		this.payment = payment;
	}

	/**
	 * Charge a payment step by step from now on: to be called before the answer begins to
	 * leave.
	 * @param payment the payment of a call
	 * @return the same payment, of which nothing is charged yet unless it was before
	 * @throws IllegalStateException if it is settled before its handler runs, or beside
	 * it
	 */
	public static MeteredPayment of(Payment payment) {
		payment.meter();
		return new MeteredPayment(payment);
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
