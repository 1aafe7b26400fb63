package io.github.x402sessions.servlet;

import java.math.BigInteger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.jspecify.annotations.Nullable;

/**
 * Moves the money of one payment, at most once. The settlement may be started ahead and
 * awaited later. Used by one thread at a time.
 */
final class Charge {

	private final PaymentGate gate;

	private final Payment payment;

	private final PaymentListeners listeners;

	private final OpenPurchase purchase;

	private @Nullable FutureTask<SettlementOutcome> outcome;

	Charge(PaymentGate gate, Payment payment, PaymentListeners listeners, OpenPurchase purchase) {
		this.gate = gate;
		this.payment = payment;
		this.listeners = listeners;
		this.purchase = purchase;
	}

	Payment payment() {
		return this.payment;
	}

	boolean isStarted() {
		return this.outcome != null;
	}

	/** Whether the same request again is paid for once: its client can name it. */
	boolean isPaidOnce() {
		return this.purchase.isTracked() && this.payment.verified().repeatable();
	}

	/** Whether what is paid is owed to a request with another body. */
	boolean isForAnotherBody() {
		return this.purchase.isForAnotherBody();
	}

	/** Whether there is nothing to settle: the handler charged zero. */
	boolean isWaived() {
		return !isStarted() && this.purchase.owedAmount() == null && this.payment.charged().signum() == 0;
	}

	/**
	 * Begin to settle on another thread. If it does not come to it, {@link #settle} does
	 * it itself.
	 */
	void start(Executor executor) {
		FutureTask<SettlementOutcome> begun = begin();
		try {
			executor.execute(begun);
		}
		catch (RejectedExecutionException ex) {
			begun.run();
		}
	}

	private FutureTask<SettlementOutcome> begin() {
		BigInteger owed = this.purchase.owedAmount();
		BigInteger amount = (owed != null) ? this.payment.closeAt(owed) : this.payment.close();
		this.purchase.settling(amount, this.payment.verified().repeatable());
		FutureTask<SettlementOutcome> begun = new FutureTask<>(() -> settle(amount));
		this.outcome = begun;
		return begun;
	}

	/** Settle, or wait for the settlement that is under way. */
	SettlementOutcome settle() {
		FutureTask<SettlementOutcome> task = (this.outcome != null) ? this.outcome : begin();
		task.run();
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return task.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the settlement failed unexpectedly", ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private SettlementOutcome settle(BigInteger amount) {
		this.listeners.settling(this.payment);
		PaymentDecision.Verified verified = this.payment.verified().charging(amount);
		SettlementOutcome outcome;
		try {
			outcome = (this.purchase.owedAmount() != null) ? this.gate.settleAgain(verified)
					: this.gate.settle(verified);
		}
		catch (RuntimeException | Error ex) {
			// Whoever heard of the beginning hears of an end.
			this.listeners.ended(this.payment, unknown(verified));
			throw ex;
		}
		this.purchase.settled(outcome);
		this.listeners.ended(this.payment, outcome);
		return outcome;
	}

	private static SettlementOutcome unknown(PaymentDecision.Verified verified) {
		return SettlementOutcome.Unknown.on(verified.request().paymentRequirements().network());
	}

}
