package io.github.x402sessions.servlet;

import java.math.BigInteger;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
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

	private @Nullable CompletableFuture<SettlementOutcome> outcome;

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

	/** Whether there is nothing to settle: the handler charged zero. */
	boolean isWaived() {
		return !isStarted() && this.payment.charged().signum() == 0;
	}

	/** Begin to settle on another thread. */
	void start(Executor executor) {
		if (this.outcome == null) {
			BigInteger amount = this.payment.close();
			this.purchase.settling(this.payment.verified().repeatable());
			this.outcome = begin(amount, executor);
		}
	}

	private CompletableFuture<SettlementOutcome> begin(BigInteger amount, Executor executor) {
		CompletableFuture<SettlementOutcome> begun = new CompletableFuture<>();
		Runnable task = () -> {
			try {
				begun.complete(settle(amount));
			}
			catch (RuntimeException | Error ex) {
				begun.completeExceptionally(ex);
			}
		};
		try {
			executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			task.run();
		}
		return begun;
	}

	/** Settle, or wait for the settlement that was started. */
	SettlementOutcome settle() {
		start(Runnable::run);
		try {
			return Objects.requireNonNull(this.outcome).join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("the settlement failed unexpectedly", ex.getCause());
		}
	}

	private SettlementOutcome settle(BigInteger amount) {
		this.listeners.settling(this.payment);
		PaymentDecision.Verified verified = this.payment.verified().charging(amount);
		SettlementOutcome outcome = (this.purchase.isOwed() && verified.repeatable()) ? this.gate.settleAgain(verified)
				: this.gate.settle(verified);
		this.purchase.settled(outcome);
		this.listeners.ended(this.payment, outcome);
		return outcome;
	}

}
