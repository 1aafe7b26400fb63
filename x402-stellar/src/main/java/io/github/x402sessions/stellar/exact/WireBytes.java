package io.github.x402sessions.stellar.exact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes XDR, and compares it byte by byte: what somebody else wrote is never taken apart
 * by the SDK, which knows less than the network.
 */
final class WireBytes {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	static byte[] of(Writer element) {
		try {
			return element.bytes();
		}
		catch (IOException ex) {
			throw new IllegalStateException("writing to memory does not fail", ex);
		}
	}

	WireBytes number(int value) {
		return bytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
	}

	WireBytes number(long value) {
		return bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
	}

	WireBytes bytes(byte[] more) {
		this.bytes.writeBytes(more);
		return this;
	}

	byte[] toBytes() {
		return this.bytes.toByteArray();
	}

	/** Whether bytes stand at a place of others. */
	static boolean standsAt(int place, byte[] part, byte[] whole) {
		return place >= 0 && place + part.length <= whole.length
				&& Arrays.equals(part, 0, part.length, whole, place, place + part.length);
	}

	/** Whether bytes stand anywhere in others. */
	static boolean contains(byte[] whole, byte[] part) {
		for (int place = 0; place + part.length <= whole.length; place += Integer.BYTES) {
			if (standsAt(place, part, whole)) {
				return true;
			}
		}
		return false;
	}

	/** The bytes with each occurrence of some of them replaced by others. */
	static byte[] replace(byte[] whole, byte[] part, byte[] by) {
		WireBytes replaced = new WireBytes();
		int place = 0;
		while (place < whole.length) {
			boolean here = standsAt(place, part, whole);
			replaced.bytes(here ? by : Arrays.copyOfRange(whole, place, Math.min(whole.length, place + Integer.BYTES)));
			place += here ? part.length : Integer.BYTES;
		}
		return replaced.toBytes();
	}

	/** Writes something of the SDK's. */
	@FunctionalInterface
	interface Writer {

		byte[] bytes() throws IOException;

	}

}
