package io.github.x402sessions.core.settle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.payment.Charge;
import org.jspecify.annotations.Nullable;

/**
 * A hold that may stand because no answer came, for an answer that is kept. To settle
 * that ends the hold; where it does not come to it, the hold is released once the
 * exchange is over, instead of keeping the payer's money until it lapses. Thread-safe.
 */
final class DoubtfulHold implements DeliveryWatch {

	private final Charge charge;

	private final HoldOutcome.Doubtful hold;

	private final Executor conclusions;

	private final AtomicBoolean over = new AtomicBoolean();

	DoubtfulHold(Charge charge, HoldOutcome.Doubtful hold, Executor conclusions) {
		this.charge = charge;
		this.hold = hold;
		this.conclusions = conclusions;
	}

	/**
	 * Before the payment's identifier is free for another hold, if it does not take long.
	 */
	@Override
	public void over() {
		MeteredStream.await(release(), MeteredStream.PATIENCE);
	}

	@Override
	public CompletionStage<@Nullable Void> ending(boolean whole) {
		return MeteredStream.soon(release());
	}

	private CompletableFuture<?> release() {
		return (!this.charge.isStarted() && this.over.compareAndSet(false, true))
				? CompletableFuture.runAsync(() -> this.charge.release(this.hold), this.conclusions)
				: CompletableFuture.completedFuture(null);
	}

}
