package io.github.x402sessions.benchmarks.deferred;

import java.math.BigInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.x402sessions.client.payment.PaymentReceipt;

/**
 * Sums up what callers were told of their payments. Thread-safe.
 *
 * @param sum base units
 * @param commitments how many are to be settled later
 * @param settled how many are settled
 * @param odd how many answers had no receipt of a payment
 */
record Told(LongAdder sum, LongAdder commitments, LongAdder settled, LongAdder odd) {

	Told() {
		this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
	}

	/** Take in the receipt of an answer. */
	void add(int status, String header) {
		PaymentReceipt receipt = PaymentReceipt.read(header).orElse(null);
		BigInteger amount = (receipt != null && receipt.success()) ? receipt.amount() : null;
		if (status != 200 || receipt == null || amount == null) {
			this.odd.increment();
			return;
		}
		this.sum.add(amount.longValueExact());
		(receipt.commitment().isPresent() ? this.commitments : this.settled).increment();
	}

	@Override
	public String toString() {
		return "%d commitments, %d settled at once, %d odd answers".formatted(this.commitments.sum(),
				this.settled.sum(), this.odd.sum());
	}

}
