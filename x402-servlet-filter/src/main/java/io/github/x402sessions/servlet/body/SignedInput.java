package io.github.x402sessions.servlet.body;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.body.StoredInput;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A body that was received before its handler reads it. Used by one thread at a time.
 */
final class SignedInput extends ServletInputStream {

	private final ServletRequest request;

	private final StoredInput body;

	private final AtomicBoolean ended = new AtomicBoolean();

	private @Nullable ReadListener listener;

	private boolean calling;

	/**
	 * Create an input.
	 * @param request the request as its container knows it
	 * @param body its body
	 */
	SignedInput(ServletRequest request, StoredInput body) {
		this.request = request;
		this.body = body;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(single[0]);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = this.body.read(bytes, offset, length);
		if (this.listener != null && !this.calling && isFinished()) {
			this.request.getAsyncContext().start(this::tellEnd);
		}
		return read;
	}

	@Override
	public int available() {
		return this.body.available();
	}

	@Override
	public boolean isFinished() {
		return this.body.available() == 0;
	}

	@Override
	public boolean isReady() {
		return !isFinished();
	}

	/** All of it is there at once, and no container knows when. */
	@Override
	public void setReadListener(ReadListener listener) {
		if (this.listener != null) {
			throw new IllegalStateException("the body has a read listener already");
		}
		if (!this.request.isAsyncStarted()) {
			throw new IllegalStateException("the request is not asynchronous");
		}
		this.listener = listener;
		this.request.getAsyncContext().start(this::tellAll);
	}

	private void tellAll() {
		ReadListener listener = this.listener;
		if (listener == null) {
			return;
		}
		try {
			if (!isFinished()) {
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

}
