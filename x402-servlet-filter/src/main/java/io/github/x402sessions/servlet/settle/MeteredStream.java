package io.github.x402sessions.servlet.settle;

import java.io.IOException;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.servlet.hold.DeliveryWatch;
import org.jspecify.annotations.Nullable;

/**
 * An answer that leaves while its payment is held. Once it ends, however it does, what
 * was charged for what has left is settled, and the rest released. After a write that
 * failed only that counts which the container has sent before; what it may have kept in
 * its buffer does not. Thread-safe: one thread may write while another ends the exchange.
 */
final class MeteredStream implements DeliveryWatch {

	private final Charge charge;

	private final HoldOutcome.Held held;

	private final MeteredStreams streams;

	/** How much the container keeps before it sends it, bytes. */
	private final int buffer;

	private final CompletableFuture<@Nullable SettlementOutcome> end = new CompletableFuture<>();

	private final AtomicBoolean awaited = new AtomicBoolean();

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

	MeteredStream(Charge charge, HoldOutcome.Held held, MeteredStreams streams, int buffer) {
		this.charge = charge;
		this.held = held;
		this.streams = streams;
		this.buffer = buffer;
	}

	HoldOutcome.Held held() {
		return this.held;
	}

	/** Known once what was charged is settled, or nothing was: then {@code null}. */
	CompletableFuture<@Nullable SettlementOutcome> end() {
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

	/** What is cut off is worth no copy: it would be read for less than it costs. */
	@Override
	public synchronized boolean lost() {
		this.lost = true;
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
			this.streams.await(this.end);
		}
	}

	/**
	 * Begin to settle what was charged for what has left; from here on nothing more can
	 * be charged. Does nothing the second time.
	 * @param whole whether all that was charged for has left
	 */
	void conclude(boolean whole) {
		BigInteger amount;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			BigInteger charged = this.charge.payment().close();
			amount = this.lost ? this.sent : whole ? charged : this.written;
			this.cut = charged.compareTo(amount) > 0;
			this.charge.concluding(amount);
		}
		this.streams.ending(this, () -> this.charge.conclude(this.held, amount));
	}

}
