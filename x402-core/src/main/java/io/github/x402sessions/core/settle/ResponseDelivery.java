package io.github.x402sessions.core.settle;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a settled answer to its client. If the client goes away while the answer is
 * copied for its next attempt, the handler may finish what it has begun: the next thing
 * that it writes and flushes fails, and with it the copy, which the handler may leave
 * unfinished. Used by one thread at a time.
 */
public final class ResponseDelivery {

	private static final Logger logger = LoggerFactory.getLogger(ResponseDelivery.class);

	private final ResponseCopy copy;

	private final CommitPoint commitPoint;

	private boolean gone;

	/** The client has gone and the handler goes on for the copy. */
	private boolean lost;

	/** Something was written after the client was lost. */
	private boolean idle = true;

	public ResponseDelivery(ResponseCopy copy, CommitPoint commitPoint) {
		this.copy = copy;
		this.commitPoint = commitPoint;
	}

	public boolean isClientGone() {
		return this.gone;
	}

	/** Deliver what was held, copied already. */
	public void release(int length, Step action) throws IOException {
		deliver(length, action);
	}

	public void write(byte[] bytes, int offset, int length, Step action) throws IOException {
		if (!this.lost) {
			deliver(length, () -> {
				this.copy.write(bytes, offset, length);
				action.run();
			});
		}
		else if (!this.copy.write(bytes, offset, length)) {
			throw gone();
		}
		else {
			this.idle = false;
		}
	}

	public void flush(Step action) throws IOException {
		if (!this.lost) {
			if (attempt(action)) {
				this.commitPoint.delivery().flushed();
			}
		}
		else if (!this.idle) {
			throw gone();
		}
	}

	private void deliver(int length, Step action) throws IOException {
		try {
			this.commitPoint.delivery().writing(length);
		}
		catch (IOException ex) {
			this.copy.giveUp();
			throw ex;
		}
		if (attempt(action)) {
			this.commitPoint.delivery().written();
		}
	}

	/** Whether it has reached the container; if not, the copy alone goes on. */
	private boolean attempt(Step action) throws IOException {
		try {
			action.run();
			return true;
		}
		catch (IOException ex) {
			this.gone = true;
			if (!this.commitPoint.delivery().lost()) {
				this.copy.giveUp();
			}
			if (!this.copy.isOpen()) {
				throw ex;
			}
			this.lost = true;
			logger.debug("The client of a paid request has gone; its answer is kept for when it asks again", ex);
			return false;
		}
	}

	private IOException gone() {
		this.copy.giveUp();
		return new IOException("the client has gone");
	}

	/** A step of the answer's way to the client. */
	@FunctionalInterface
	public interface Step {

		void run() throws IOException;

	}

}
