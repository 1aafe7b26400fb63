package io.github.x402sessions.core.settle;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.x402sessions.core.challenge.OwnAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Decides once what becomes of a held response. A handler uses its response in one thread
 * at a time, but the container may give a request up in another: a lock sees to it that
 * either the {@link CommitPoint} is reached or the response is abandoned. The lock is
 * held while a settlement runs, so whoever waits for it waits that long.
 */
public final class ResponseCommit {

	private final ReentrantLock lock = new ReentrantLock();

	private final CommitPoint commitPoint;

	private final Held response;

	private volatile State state = State.HOLDING;

	private @Nullable Throwable failure;

	public ResponseCommit(CommitPoint commitPoint, Held response) {
		this.commitPoint = commitPoint;
		this.response = response;
	}

	public boolean isHolding() {
		return this.state == State.HOLDING;
	}

	public boolean isReleased() {
		return this.state == State.RELEASED;
	}

	public boolean isReplaced() {
		return this.state == State.REPLACED;
	}

	/**
	 * Ask the commit point and do what it says. Does nothing after the first time.
	 * Whatever goes wrong, nothing is released.
	 */
	public void reach() throws IOException {
		this.lock.lock();
		try {
			if (isHolding()) {
				settle();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A part of the response would leave before the rest is known. It is kept unless the
	 * commit point wants it to.
	 * @param full whether no more can be kept
	 */
	public void reachEarly(boolean full) throws IOException {
		this.lock.lock();
		try {
			if (isHolding() && this.commitPoint.reachedEarly(this.response.getStatus(), full)) {
				settle();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void settle() throws IOException {
		int status = this.response.getStatus();
		this.state = State.ABANDONED;
		Optional<Consumer<OwnAnswer>> addition;
		try {
			addition = this.commitPoint.reached(status);
		}
		catch (IOException | RuntimeException | Error ex) {
			this.failure = ex;
			this.response.forget();
			throw ex;
		}
		if (addition.isPresent()) {
			this.state = State.RELEASED;
			release(addition.get());
		}
		else {
			this.state = State.REPLACED;
			this.response.forget();
		}
	}

	private void release(Consumer<OwnAnswer> addition) throws IOException {
		try {
			if (!this.response.release(addition)) {
				withhold();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.failure = ex;
			this.commitPoint.undelivered(ex);
			throw ex;
		}
	}

	private void withhold() throws IOException {
		this.state = State.ABANDONED;
		try {
			this.commitPoint.withheld();
			this.state = State.REPLACED;
		}
		finally {
			this.response.forget();
		}
	}

	/** Let nothing of what is still held leave, ever. */
	public void abandon() {
		exclusively(() -> {
			if (isHolding()) {
				this.state = State.ABANDONED;
				this.response.forget();
				this.commitPoint.abandoned();
			}
		});
	}

	/** Do something while nobody commits or abandons. */
	public void exclusively(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Throw what the commit point or the release failed with, for those who end a
	 * response whose handler has swallowed it.
	 */
	public void rethrowFailure() throws IOException {
		if (this.failure instanceof IOException ex) {
			throw ex;
		}
		if (this.failure instanceof RuntimeException ex) {
			throw ex;
		}
		if (this.failure instanceof Error ex) {
			throw ex;
		}
	}

	/** The response of which it is decided. */
	public interface Held {

		int getStatus();

		/**
		 * Let it leave, with something added to its head.
		 * @return {@code false} if it may not after all
		 */
		boolean release(Consumer<OwnAnswer> addition) throws IOException;

		/** Drop what was held. */
		void forget();

	}

	/** The destination of what the handler answers. */
	private enum State {

		/** It is kept. */
		HOLDING,

		/** To the raw response. */
		RELEASED,

		/** Nowhere: the raw response has another answer. */
		REPLACED,

		/** Nowhere: the container answers, or nobody. */
		ABANDONED

	}

}
