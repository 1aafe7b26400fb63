package io.github.x402sessions.servlet.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A body whose beginning was read ahead. What follows is hashed as it is read. Used by
 * one thread at a time.
 */
final class SignedInput extends ServletInputStream {

	private final ServletRequest request;

	private final ByteArrayInputStream ahead;

	private final @Nullable ServletInputStream rest;

	private final MessageDigest digest;

	/** Whether all was said to be read. Tomcat may not call that finished yet. */
	private final AtomicBoolean ended = new AtomicBoolean();

	private @Nullable ReadListener listener;

	private boolean calling;

	private boolean drained;

	/**
	 * Create an input.
	 * @param request the request as its container knows it
	 * @param ahead what was read of it; the digest has seen it
	 * @param rest the rest of it; {@code null} if that was all
	 * @param digest sees the rest
	 */
	SignedInput(ServletRequest request, byte[] ahead, @Nullable ServletInputStream rest, MessageDigest digest) {
		this.request = request;
		this.ahead = new ByteArrayInputStream(ahead);
		this.rest = rest;
		this.digest = digest;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(single[0]);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.drained) {
			throw new IOException("the answer was begun before all of the signed body was read");
		}
		int read;
		if (this.rest == null || this.ahead.available() > 0) {
			read = (length == 0) ? 0 : this.ahead.read(bytes, offset, length);
		}
		else {
			read = this.rest.read(bytes, offset, length);
			if (read > 0) {
				this.digest.update(bytes, offset, read);
			}
		}
		if (this.rest == null && this.listener != null && !this.calling && isFinished()) {
			this.request.getAsyncContext().start(this::tellEnd);
		}
		return read;
	}

	@Override
	public int available() throws IOException {
		int left = this.ahead.available();
		return (left > 0 || this.rest == null) ? left : this.rest.available();
	}

	@Override
	public boolean isFinished() {
		return this.ahead.available() == 0 && (this.rest == null || this.rest.isFinished());
	}

	@Override
	public boolean isReady() {
		return this.ahead.available() > 0 || (this.rest != null && this.rest.isReady());
	}

	/** What was read ahead is there at once, and no container knows when. */
	@Override
	public void setReadListener(ReadListener listener) {
		if (this.listener != null) {
			throw new IllegalStateException("the body has a read listener already");
		}
		if (this.rest != null) {
			this.rest.setReadListener(new RestListener(listener));
			this.listener = listener;
		}
		else {
			if (!this.request.isAsyncStarted()) {
				throw new IllegalStateException("the request is not asynchronous");
			}
			this.listener = listener;
			this.request.getAsyncContext().start(this::tellAll);
		}
	}

	private void tellAll() {
		ReadListener listener = this.listener;
		if (listener == null) {
			return;
		}
		try {
			if (this.ahead.available() > 0) {
				this.calling = true;
				listener.onDataAvailable();
				this.calling = false;
			}
			if (isFinished()) {
				tellEnd();
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			listener.onError(ex);
		}
	}

	private void tellEnd() {
		ReadListener listener = this.listener;
		if (listener == null || !this.ended.compareAndSet(false, true)) {
			return;
		}
		try {
			listener.onAllDataRead();
		}
		catch (IOException | RuntimeException | Error ex) {
			listener.onError(ex);
		}
	}

	/**
	 * Read what nobody has read, and nobody can any more.
	 * @param bound how much that may be, bytes
	 * @return whether that was all; never where a handler reads without blocking and is
	 * not done
	 */
	boolean drain(long bound) throws IOException {
		ServletInputStream rest = this.rest;
		if (this.listener != null) {
			return isFinished() || this.ended.get();
		}
		if (rest == null || rest.isFinished()) {
			return true;
		}
		byte[] buffer = new byte[8192];
		long left = bound;
		while (left >= 0) {
			int read = rest.read(buffer);
			if (read < 0) {
				return true;
			}
			this.drained = true;
			this.digest.update(buffer, 0, read);
			left -= read;
		}
		return false;
	}

	/** Nothing: the rest may have to be read for its hash. */
	@Override
	public void close() {
	}

	/** Sees to it that what was read ahead is told of before the end. */
	private final class RestListener implements ReadListener {

		private final ReadListener handler;

		RestListener(ReadListener handler) {
			this.handler = handler;
		}

		@Override
		public void onDataAvailable() throws IOException {
			this.handler.onDataAvailable();
		}

		@Override
		public void onAllDataRead() throws IOException {
			SignedInput.this.ended.set(true);
			if (SignedInput.this.ahead.available() > 0) {
				this.handler.onDataAvailable();
			}
			this.handler.onAllDataRead();
		}

		@Override
		public void onError(Throwable failure) {
			this.handler.onError(failure);
		}

	}

}
