package io.github.x402sessions.devnet.fault.plan;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.devnet.fault.Faults;

/**
 * The faults that are still to happen, for the network to ask. Thread-safe.
 */
public final class FaultPlan implements Faults {

	private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

	private static final int LARGEST_LEDGER = 14 * 1024 * 1024;

	private final Countdown rejections = new Countdown();

	private final Countdown drops = new Countdown();

	private final Countdown lostAnswers = new Countdown();

	private final Countdown failures = new Countdown();

	private final NodeLag lag = new NodeLag();

	private final AtomicReference<SurgePricing> surge = new AtomicReference<>(SurgePricing.NONE);

	private volatile boolean paused;

	private volatile int hiddenLedgers;

	private volatile int ledgerBytes;

	private volatile int status = 503;

	private volatile Duration delay = Duration.ZERO;

	@Override
	public void pauseClosing() {
		this.paused = true;
	}

	@Override
	public void resumeClosing() {
		this.paused = false;
	}

	@Override
	public void rejectSends(int count) {
		this.rejections.set(count);
	}

	@Override
	public void dropNextTransaction() {
		this.drops.increment();
	}

	@Override
	public void dropSends(int count) {
		this.drops.set(count);
	}

	@Override
	public void loseAnswers(int count) {
		this.lostAnswers.set(count);
	}

	@Override
	public void hideTransactions(int ledgers) {
		this.hiddenLedgers = Countdown.notNegative("ledgers", ledgers);
	}

	@Override
	public void failRequests(int status, int count) {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("status is not between 400 and 599: " + status);
		}
		this.failures.set(count);
		this.status = status;
	}

	@Override
	public void delayAnswers(Duration delay) {
		if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
			throw new IllegalArgumentException("delay is not between 0 and 10 minutes: " + delay);
		}
		this.delay = delay;
	}

	@Override
	public void lagNodes(int ledgers, long seed) {
		this.lag.set(ledgers, seed);
	}

	@Override
	public void latestLedgerBytes(int bytes) {
		if (bytes < 0 || bytes > LARGEST_LEDGER) {
			throw new IllegalArgumentException("bytes is not between 0 and " + LARGEST_LEDGER + ": " + bytes);
		}
		this.ledgerBytes = bytes;
	}

	@Override
	public void surge(int ledgers, long clearingFee, long queueFee) {
		SurgePricing next = new SurgePricing(ledgers, clearingFee, queueFee);
		this.surge.set((ledgers > 0) ? next : SurgePricing.NONE);
	}

	@Override
	public void clear() {
		resumeClosing();
		rejectSends(0);
		dropSends(0);
		loseAnswers(0);
		hideTransactions(0);
		failRequests(503, 0);
		delayAnswers(Duration.ZERO);
		lagNodes(0, 0);
		latestLedgerBytes(0);
		surge(0, 0, 0);
	}

	public boolean closingPaused() {
		return this.paused;
	}

	/** Whether the transaction at hand is to be rejected; counts it. */
	public boolean takeRejection() {
		return this.rejections.take();
	}

	/** Whether the transaction at hand is to be dropped; counts it. */
	public boolean takeDrop() {
		return this.drops.take();
	}

	/** Whether the sender at hand is to be told of an error; counts it. */
	public boolean takeLostAnswer() {
		return this.lostAnswers.take();
	}

	/** The HTTP status with which the request at hand fails, or 0; counts it. */
	public int takeFailure() {
		return this.failures.take() ? this.status : 0;
	}

	/** Whether a transaction of a ledger is still hidden. */
	public boolean hides(long ledger, long latest) {
		return latest - ledger < this.hiddenLedgers;
	}

	/** The age in ledgers of the state that answers the call at hand. */
	public int drawAge() {
		return this.lag.draw();
	}

	/** The fewest bytes of what happened in the latest ledger. */
	public int latestLedgerBytes() {
		return this.ledgerBytes;
	}

	/** The surge in the next ledger. */
	public SurgePricing surge() {
		return this.surge.get();
	}

	/** The surge in the ledger at hand, which it counts. */
	public SurgePricing takeSurge() {
		return this.surge.getAndUpdate(SurgePricing::afterLedger);
	}

	public Duration delay() {
		return this.delay;
	}

	/** The faults that are still to happen. */
	public FaultSettings settings() {
		SurgePricing next = surge();
		return new FaultSettings(this.paused, this.rejections.left(), this.drops.left(), this.lostAnswers.left(),
				this.hiddenLedgers, this.status, this.failures.left(), this.delay.toMillis(), this.lag.ledgers(),
				this.lag.seed(), this.ledgerBytes, next.ledgers(), next.clearingFee(), next.queueFee());
	}

}
