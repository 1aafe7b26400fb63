package io.github.x402sessions.servlet.hold;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import io.github.x402sessions.core.settle.ResponseCopy;
import io.github.x402sessions.core.settle.ResponseDelivery;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * The body of a held response: kept up to a budget, then streamed. An overflow and a
 * flush are commit points.
 */
final class HeldBody extends ServletOutputStream {

	private final HeldResponse response;

	private final int budget;

	private ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private final HeldWriteListener nonBlocking;

	private final ResponseDelivery delivery;

	private boolean quiet;

	private boolean discarding;

	private boolean closed;

	HeldBody(HeldResponse response, int budget, WriteTurns turns, ResponseDelivery delivery) {
		this.response = response;
		this.budget = budget;
		this.delivery = delivery;
		this.nonBlocking = new HeldWriteListener(response, turns);
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.closed || this.discarding || (this.response.isHolding() && this.response.hasEnded())) {
			return;
		}
		if (this.kept.size() + (long) length > this.budget) {
			this.response.overflow();
		}
		if (this.response.isHolding()) {
			this.kept.write(bytes, offset, length);
		}
		else {
			this.response.requireReleased();
			this.delivery.write(bytes, offset, length,
					() -> this.response.raw().getOutputStream().write(bytes, offset, length));
		}
	}

	@Override
	public void flush() throws IOException {
		if (!this.quiet && !this.discarding) {
			this.response.flushBuffer();
		}
	}

	@Override
	public void close() throws IOException {
		this.response.finish();
		this.closed = true;
	}

	/**
	 * Whether nothing more can be written: the container may say how long the body is.
	 */
	boolean isClosed() {
		return this.closed;
	}

	@Override
	public boolean isReady() {
		return this.nonBlocking.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.nonBlocking.set(listener);
	}

	/** Run what may flush without taking it for the handler's wish to commit. */
	void quietly(Runnable action) {
		boolean before = this.quiet;
		this.quiet = true;
		try {
			action.run();
		}
		finally {
			this.quiet = before;
		}
	}

	/** Run what writes and lose it. */
	void discarding(Runnable action) {
		this.discarding = true;
		try {
			action.run();
		}
		finally {
			this.discarding = false;
		}
	}

	int size() {
		return this.kept.size();
	}

	/** Its memory too: the response may live for long. */
	void forget() {
		this.kept = new ByteArrayOutputStream();
	}

	void copyTo(ResponseCopy copy) {
		if (copy.isOpen()) {
			byte[] bytes = this.kept.toByteArray();
			copy.write(bytes, 0, bytes.length);
		}
	}

	/** Hand over what was kept. An empty body opens no stream. */
	void release() throws IOException {
		if (this.kept.size() > 0) {
			this.kept.writeTo(this.response.raw().getOutputStream());
			forget();
		}
	}

}
