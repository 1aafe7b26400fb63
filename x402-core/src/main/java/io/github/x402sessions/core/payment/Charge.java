package io.github.x402sessions.core.payment;

import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.github.x402sessions.core.gate.BegunSettlement;
import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import org.jspecify.annotations.Nullable;

/**
 * The charge of one payment, made at most once: settled before the answer leaves, or held
 * before and settled afterwards for what was used of it.
 * <p>
 * A settlement begins before the handler runs, or at the commit point, which the lock of
 * the held response guards, as it does {@link #hold}: never in two threads. A hold is
 * concluded once, in any thread, which its {@code MeteredStream} sees to. Everything else
 * is thread-safe: whether a settlement has begun may be asked at any time, and who is to
 * {@link #settle} after another waits for it.
 */
public final class Charge {

	private final PaymentGate gate;

	private final Payment payment;

	private final SettlementListeners listeners;

	private final IdempotentPurchase purchase;

	private volatile @Nullable FutureTask<SettlementOutcome> settlement;

	private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

	/**
	 * Create a charge; nothing is settled yet.
	 * @param gate settles
	 * @param payment the payment
	 * @param listeners hear of it
	 * @param purchase has to know what becomes of the money
	 */
	public Charge(PaymentGate gate, Payment payment, SettlementListeners listeners, IdempotentPurchase purchase) {
		this.gate = gate;
		this.payment = payment;
		this.listeners = listeners;
		this.purchase = purchase;
	}

	/**
	 * Return what is charged.
	 * @return the payment
	 */
	public Payment payment() {
		return this.payment;
	}

	/**
	 * Tell whether a settlement has begun.
	 * @return whether the money may move, or has
	 */
	public boolean isStarted() {
		return this.settlement != null;
	}

	/**
	 * Return when {@link #settle} has nothing to wait for, for those that wait on no
	 * thread.
	 * @return completes, and never fails, once a settlement that has begun is over; at
	 * once if none has begun
	 */
	public CompletionStage<@Nullable Void> underWay() {
		return isStarted() ? this.over.minimalCompletionStage() : CompletableFuture.completedStage(null);
	}

	/** The identifier is free again, or stands for what is known now. */
	public void end() {
		this.purchase.close();
	}

	/**
	 * Tell whether the same request again is paid for once.
	 * @return whether its client can name it, and the facilitator honours that
	 */
	public boolean isPaidOnce() {
		return this.purchase.isTracked() && this.payment.verified().repeatable();
	}

	/**
	 * Tell whether what is paid is owed to a request with another body.
	 * @return whether this one may not be answered for it
	 */
	public boolean isForAnotherBody() {
		return this.purchase.isForAnotherBody();
	}

	/**
	 * Tell whether there is nothing to settle: the handler charged zero.
	 * @return whether it is free
	 */
	public boolean isWaived() {
		return !isStarted() && this.purchase.owedAmount() == null && this.payment.charged().signum() == 0;
	}

	/**
	 * Begin to settle on another thread. If it does not come to it, {@link #settle} does
	 * it itself.
	 * @param executor the other thread
	 * @return whether there is anything to wait for: if not, nothing was sent and
	 * {@link #settle} knows the outcome at once
	 */
	public boolean start(Executor executor) {
		BegunSettlement begun = begin();
		FutureTask<SettlementOutcome> task = task(begun);
		if (!begun.isPlaced()) {
			return false;
		}
		try {
			executor.execute(task);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			task.run();
		}
		return true;
	}

	private BegunSettlement begin() {
		BigInteger owed = this.purchase.owedAmount();
		BigInteger amount = (owed != null) ? this.payment.closeAt(owed) : this.payment.close();
		PaymentDecision.Verified verified = this.payment.verified().charging(amount);
		if (!this.purchase.settling(amount, verified.repeatable())) {
			return this.gate.notBegun(verified, owed != null);
		}
		return (owed != null) ? this.gate.beginAgain(verified) : this.gate.begin(verified);
	}

	private FutureTask<SettlementOutcome> task(BegunSettlement begun) {
		FutureTask<SettlementOutcome> task = new FutureTask<>(() -> settle(begun)) {

			@Override
			protected void done() {
				Charge.this.over.complete(null);
			}

		};
		this.settlement = task;
		return task;
	}

	/**
	 * Settle, or wait for the settlement that is under way; an interruption does not end
	 * the wait.
	 * @return how it ended
	 * @throws IllegalStateException if it failed unexpectedly: what became of the money
	 * is not known
	 */
	public SettlementOutcome settle() {
		FutureTask<SettlementOutcome> begun = this.settlement;
		FutureTask<SettlementOutcome> task = (begun != null) ? begun : task(begin());
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

	/**
	 * Return the receipt of an answer that was paid for and comes now, with what the
	 * server adds to it. The receipts of answers that fail are those of the settlement.
	 * @param outcome how the settlement ended
	 * @return what goes into the {@code PAYMENT-RESPONSE} header
	 */
	public SettleResponse receipt(SettlementOutcome outcome) {
		return this.gate.receipt(this.payment.verified(), outcome.response());
	}

	private SettlementOutcome settle(BegunSettlement begun) {
		return tell(() -> {
			SettlementOutcome outcome = begun.make();
			this.purchase.settled(outcome);
			return outcome;
		});
	}

	/** Whoever hears of the beginning hears of an end. */
	private SettlementOutcome tell(Supplier<SettlementOutcome> settlement) {
		this.listeners.settling(this.payment);
		SettlementOutcome outcome;
		try {
			outcome = settlement.get();
		}
		catch (RuntimeException | Error ex) {
			this.listeners.ended(this.payment, SettlementOutcome.Unknown.on(this.payment.network()));
			throw ex;
		}
		this.listeners.ended(this.payment, outcome);
		return outcome;
	}

	/**
	 * Have all that was verified held, for an answer that is charged while it leaves.
	 * What may have been settled before is settled again in the end, as a whole.
	 * @return whether it is held
	 */
	public HoldOutcome hold() {
		if (this.purchase.owedAmount() != null) {
			return new HoldOutcome.NotHeld();
		}
		HoldOutcome hold = this.gate.hold(this.payment.verified());
		if (hold instanceof HoldOutcome.Held) {
			this.purchase.held(this.payment.amount());
		}
		return (hold instanceof HoldOutcome.Failed failed) ? failed(failed) : hold;
	}

	private HoldOutcome failed(HoldOutcome.Failed failed) {
		this.payment.close();
		tell(failed::outcome);
		this.purchase.settled(failed.outcome());
		return failed;
	}

	/**
	 * What is held will be settled for this, whatever the handler says now.
	 * @param amount base units; 0 for nothing at all
	 */
	public void concluding(BigInteger amount) {
		this.payment.closeAt(amount);
		if (amount.signum() == 0) {
			this.purchase.waived();
		}
		else {
			this.purchase.charging(amount);
		}
	}

	/**
	 * Settle what was used of a hold, or release it where nothing was.
	 * @param held the hold
	 * @param amount what was used, base units
	 * @return how the settlement ended; {@code null} if there was nothing to settle
	 */
	public @Nullable SettlementOutcome conclude(HoldOutcome.Held held, BigInteger amount) {
		if (amount.signum() == 0) {
			this.gate.release(held);
			return null;
		}
		return tell(() -> this.gate.conclude(held, amount));
	}

	/**
	 * Release what may be held: nothing is charged.
	 * @param doubtful what may be held
	 */
	public void release(HoldOutcome.Doubtful doubtful) {
		this.gate.release(doubtful);
	}

	/**
	 * Tell that an answer was paid for whose handler has failed.
	 * @param outcome how its settlement ended
	 * @param status the HTTP status of the answer; 500 where calls have none
	 */
	public void reportFailure(SettlementOutcome outcome, int status) {
		if (outcome instanceof SettlementOutcome.Settled) {
			this.listeners.paidButFailed(this.payment, outcome.response(), status);
		}
	}

}
