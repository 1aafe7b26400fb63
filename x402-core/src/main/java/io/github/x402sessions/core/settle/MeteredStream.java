package io.github.x402sessions.core.settle;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.payment.Charge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that leaves while its payment is held. Once it ends, however it does, what
 * was charged for what has left is settled, and the rest released. After a write that
 * failed only that counts which the container has sent before; what it may have kept in
 * its buffer does not. Thread-safe: one thread may write while another ends the exchange.
 */
public final class MeteredStream implements DeliveryWatch {

	private static final Logger logger = LoggerFactory.getLogger(MeteredStream.class);

	/** How long the end of an answer waits, so that its client finds the final amount. */
	static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Charge charge;

	private final HoldOutcome.Held held;

	private final Executor conclusions;

	/** How much the container keeps before it sends it, bytes. */
	private final int buffer;

	private final CompletableFuture<@Nullable SettlementOutcome> end = new CompletableFuture<>();

	private final AtomicBoolean awaited = new AtomicBoolean();

	/** Held while a store may be waited for, which who writes must not do. */
	private final ReentrantLock conclusion = new ReentrantLock();

	/** What was charged when the write that is under way began. */
	private BigInteger writing = BigInteger.ZERO;

	/** What was charged for what was written. */
	private BigInteger written = BigInteger.ZERO;

	/** What was charged for what the container has sent. */
	private BigInteger sent = BigInteger.ZERO;

	private int length;

	/** How much the container may not have sent yet, bytes. */
	private long unsent;

	private boolean lost;

	private boolean ended;

	/** More was charged than is settled: what that was for must not leave. */
	private boolean cut;

	/**
	 * Begin a stream.
	 * @param charge what its handler charges for it
	 * @param held what is held for it
	 * @param conclusions where it is settled in the end, which may take as long as the
	 * hold lasts
	 * @param buffer how much its container keeps before it sends it, bytes
	 */
	MeteredStream(Charge charge, HoldOutcome.Held held, Executor conclusions, int buffer) {
		this.charge = charge;
		this.held = held;
		this.conclusions = conclusions;
		this.buffer = buffer;
	}

	HoldOutcome.Held held() {
		return this.held;
	}

	/** Known once what was charged is settled, or nothing was: then {@code null}. */
	public CompletableFuture<@Nullable SettlementOutcome> end() {
		return this.end;
	}

	@Override
	public synchronized void writing(int length) throws IOException {
		if (this.cut) {
			throw new IOException("the time for which the payment was held is over");
		}
		this.writing = this.charge.payment().charged();
		this.length = length;
	}

	@Override
	public synchronized void written() {
		if (this.length == 0) {
			return;
		}
		if (this.unsent + this.length > this.buffer) {
			this.sent = this.written;
			this.unsent = 0;
		}
		this.written = this.writing;
		this.unsent += this.length;
	}

	@Override
	public synchronized void flushed() {
		if (!this.lost) {
			this.sent = this.written;
			this.unsent = 0;
		}
	}

	@Override
	public synchronized void cutOff() {
		this.lost = true;
	}

	/** What is cut off is worth no copy: it would be read for less than it costs. */
	@Override
	public boolean lost() {
		cutOff();
		conclude(false);
		return false;
	}

	@Override
	public void delivered() {
		end(true);
	}

	@Override
	public void over() {
		end(false);
	}

	/**
	 * An answer that ends in several ways, as one that its handler closes, waits once.
	 */
	private void end(boolean whole) {
		conclude(whole);
		if (this.awaited.compareAndSet(false, true)) {
			await(this.end, PATIENCE);
		}
	}

	/**
	 * Begin to settle what was charged for what has left; from here on nothing more can
	 * be charged. Does nothing the second time.
	 * @param whole whether all that was charged for has left
	 */
	public void conclude(boolean whole) {
		this.conclusion.lock();
		try {
			if (!this.ended) {
				this.ended = true;
				BigInteger amount = used(whole);
				this.charge.concluding(amount);
				this.conclusions.execute(() -> settle(amount));
			}
		}
		finally {
			this.conclusion.unlock();
		}
	}

	private synchronized BigInteger used(boolean whole) {
		BigInteger charged = this.charge.payment().close();
		BigInteger amount = this.lost ? this.sent : whole ? charged : this.written;
		this.cut = charged.compareTo(amount) > 0;
		return amount;
	}

	private void settle(BigInteger amount) {
		try {
			this.end.complete(this.charge.conclude(this.held, amount));
		}
		catch (RuntimeException | Error ex) {
			logger.error("What a stream has used could not be settled", ex);
			this.end.completeExceptionally(ex);
		}
	}

	@Override
	public CompletionStage<@Nullable Void> ending(boolean whole) {
		conclude(whole);
		return this.awaited.compareAndSet(false, true) ? soon(this.end) : CompletableFuture.completedStage(null);
	}

	/** The end of what is held, or that of the patience for it. */
	static CompletionStage<@Nullable Void> soon(CompletableFuture<?> end) {
		CompletableFuture<@Nullable Void> over = end.handle((outcome, failure) -> null);
		return over.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Wait for the end of what is held, but not for long. */
	static void await(CompletableFuture<?> end, Duration patience) {
		try {
			end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("What is held is settled or released later than its answer", ex);
		}
	}

}
