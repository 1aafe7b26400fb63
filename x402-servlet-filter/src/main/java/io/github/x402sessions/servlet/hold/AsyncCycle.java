package io.github.x402sessions.servlet.hold;

import java.util.function.Supplier;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of the asynchronous handling of a paid request. Either the handler goes on
 * (completes or dispatches), or the container gives up because of a timeout or an error,
 * or we complete in the handler's place because its answer was replaced: one of them
 * happens, whatever threads they come from.
 */
final class AsyncCycle {

	private static final Logger logger = LoggerFactory.getLogger(AsyncCycle.class);

	private final HeldResponse response;

	private volatile @Nullable AsyncContext container;

	private volatile boolean started;

	/** Nobody has gone on or ended it since it was started. */
	private volatile boolean pending;

	private volatile boolean ended;

	private boolean completed;

	private volatile @Nullable Thread givingUp;

	private @Nullable Runnable deferred;

	AsyncCycle(HeldResponse response) {
		this.response = response;
	}

	/** Begin. May happen again in a later dispatch. */
	AsyncContext start(Supplier<AsyncContext> start) {
		if (this.response.isReplaced()) {
			throw new IllegalStateException("the payment was not settled; the response was answered otherwise");
		}
		AsyncContext container = start.get();
		this.container = container;
		this.deferred = null;
		this.pending = true;
		this.started = true;
		return container;
	}

	/** Whether the current dispatch was made asynchronous. */
	boolean isStarted() {
		return this.started;
	}

	/** The container runs the handler again. */
	void resumed() {
		this.started = false;
	}

	/** The container's own context. */
	AsyncContext container() {
		AsyncContext container = this.container;
		if (container == null) {
			throw new IllegalStateException("the request is not asynchronous");
		}
		return container;
	}

	/**
	 * The handler goes on. It need not know that we ended its request, but must not come
	 * when the container is done: its request may be another by then.
	 */
	void goOn(Runnable step) {
		this.response.exclusively(() -> {
			if (this.ended) {
				return;
			}
			if (this.completed) {
				throw new IllegalStateException("the request is complete");
			}
			proceed(step);
		});
	}

	/**
	 * While the container gives up, only the thread that it does so with may change its
	 * mind (Jetty insists).
	 */
	private void proceed(Runnable step) {
		Thread givingUp = this.givingUp;
		if (givingUp != null && givingUp != Thread.currentThread()) {
			this.deferred = step;
			return;
		}
		this.pending = false;
		try {
			step.run();
			this.deferred = null;
		}
		catch (RuntimeException ex) {
			this.pending = true;
			this.deferred = step;
			throw ex;
		}
	}

	/** The container gives up because of an error, such as a client that has gone. */
	void giveUpAfterError(Runnable listeners) {
		this.response.cutOff();
		giveUp(listeners);
	}

	/**
	 * The container gives up. A thread that goes on just now is waited for; listeners of
	 * the handler may go on instead; otherwise what is held is abandoned.
	 */
	void giveUp(Runnable listeners) {
		this.givingUp = Thread.currentThread();
		try {
			this.response.exclusively(this::proceedDeferred);
			if (this.pending) {
				listeners.run();
				this.response.exclusively(() -> {
					proceedDeferred();
					if (this.pending) {
						this.response.abandon();
					}
				});
			}
		}
		finally {
			this.givingUp = null;
		}
	}

	private void proceedDeferred() {
		Runnable step = this.deferred;
		if (step != null) {
			proceed(step);
		}
	}

	/** Complete in the handler's place: it may never notice that there is no need. */
	void end() {
		this.response.exclusively(() -> {
			if (this.pending && !this.ended) {
				this.ended = true;
				proceed(() -> container().complete());
			}
		});
	}

	/** Whether the handler is still to complete or dispatch. */
	boolean isPending() {
		return this.pending;
	}

	/** Answer 500, if that is still possible, and complete. */
	void fail(Throwable cause) {
		this.response.exclusively(() -> {
			this.response.abandon();
			if (this.pending && !this.response.isReplaced()) {
				logger.warn("A paid request failed: {}", cause.toString());
				HttpServletResponse raw = this.response.raw();
				if (!raw.isCommitted()) {
					raw.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
				}
			}
			end();
		});
	}

	/** The container is done. */
	void completed() {
		this.response.exclusively(() -> {
			this.pending = false;
			this.completed = true;
			if (this.response.isHolding()) {
				this.response.abandon();
				logger.error("The answer to a paid request was lost: it was dispatched past the payment filter, which "
						+ "must be mapped to ASYNC dispatches of all paths. Unless it was settled before its handler "
						+ "was done, it was not charged");
			}
			this.response.over();
		});
	}

}
