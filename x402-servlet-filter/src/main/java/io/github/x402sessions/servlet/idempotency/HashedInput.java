package io.github.x402sessions.servlet.idempotency;

import java.io.IOException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/**
 * A request's body that is hashed as it is read.
 */
final class HashedInput extends ServletInputStream {

	private final ServletInputStream body;

	private final ReadBodyHash hash;

	HashedInput(ServletInputStream body, ReadBodyHash hash) {
		this.body = body;
		this.hash = hash;
	}

	@Override
	public int read() throws IOException {
		int value = this.body.read();
		if (value >= 0) {
			this.hash.add(new byte[] { (byte) value }, 0, 1);
		}
		return value;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = this.body.read(bytes, offset, length);
		if (read > 0) {
			this.hash.add(bytes, offset, read);
		}
		return read;
	}

	@Override
	public int available() throws IOException {
		return this.body.available();
	}

	@Override
	public boolean isFinished() {
		return this.body.isFinished();
	}

	@Override
	public boolean isReady() {
		return this.body.isReady();
	}

	@Override
	public void setReadListener(ReadListener listener) {
		this.body.setReadListener(listener);
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

}
