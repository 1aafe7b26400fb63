package io.github.x402sessions.devnet.fault;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults that are still to happen. Internal: the network asks it. Thread-safe.
 */
public final class FaultPlan implements Faults {

	private final AtomicBoolean paused = new AtomicBoolean();

	private final AtomicInteger rejections = new AtomicInteger();

	private final AtomicInteger drops = new AtomicInteger();

	@Override
	public void pauseClosing() {
		this.paused.set(true);
	}

	@Override
	public void resumeClosing() {
		this.paused.set(false);
	}

	@Override
	public void rejectSends(int count) {
		if (count < 0) {
			throw new IllegalArgumentException("count is negative: " + count);
		}
		this.rejections.set(count);
	}

	@Override
	public void dropNextTransaction() {
		this.drops.incrementAndGet();
	}

	public boolean closingPaused() {
		return this.paused.get();
	}

	/** Whether the transaction at hand is to be rejected; counts it. */
	public boolean takeRejection() {
		return take(this.rejections);
	}

	/** Whether the transaction at hand is to be dropped; counts it. */
	public boolean takeDrop() {
		return take(this.drops);
	}

	private static boolean take(AtomicInteger left) {
		return left.getAndUpdate((count) -> Math.max(0, count - 1)) > 0;
	}

}
