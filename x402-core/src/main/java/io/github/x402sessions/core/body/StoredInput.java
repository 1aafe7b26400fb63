package io.github.x402sessions.core.body;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a part of a {@link StoredBody}.
 */
public final class StoredInput extends InputStream {

	private final StoredBody body;

	private final long end;

	private long at;

	StoredInput(StoredBody body, long from, long end) {
		this.body = body;
		this.at = from;
		this.end = end;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(single[0]);
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.at >= this.end) {
			return -1;
		}
		int read = this.body.read(this.at, target, offset, (int) Math.min(length, this.end - this.at));
		this.at += Math.max(0, read);
		return read;
	}

	@Override
	public int available() {
		return (int) Math.min(Integer.MAX_VALUE, this.end - this.at);
	}

}
