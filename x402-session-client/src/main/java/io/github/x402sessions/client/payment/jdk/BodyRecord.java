package io.github.x402sessions.client.payment.jdk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.jspecify.annotations.Nullable;

/**
 * The sent part of a request body: its length, its digest, and a copy of it if it is
 * short and one was asked for. Written by the one subscription that sends the body; read
 * once its answer is there.
 */
final class BodyRecord {

	private final MessageDigest digest = Sha256.begin();

	private final int maxCopy;

	private @Nullable ByteArrayOutputStream copy = new ByteArrayOutputStream(0);

	private long bytes;

	private boolean complete;

	/** Keep a copy of a body of at most so many bytes. */
	BodyRecord(int maxCopy) {
		this.maxCopy = maxCopy;
	}

	synchronized void add(ByteBuffer buffer) {
		ByteBuffer read = buffer.asReadOnlyBuffer();
		byte[] added = new byte[read.remaining()];
		read.get(added);
		this.bytes += added.length;
		this.digest.update(added);
		if (this.bytes > this.maxCopy) {
			this.copy = null;
		}
		else if (this.copy != null) {
			this.copy.writeBytes(added);
		}
	}

	synchronized void complete() {
		this.complete = true;
	}

	/** How many bytes were sent until now. */
	synchronized long bytes() {
		return this.bytes;
	}

	/** What was sent until now, of a body that may still be under way. */
	synchronized Part part() {
		return new Part(this.bytes, Sha256.soFar(this.digest));
	}

	/** The hash of what was sent until now. */
	synchronized String hash() {
		return BodyHash.soFar(this.digest);
	}

	/** Whether it was sent to its end. */
	synchronized boolean isComplete() {
		return this.complete;
	}

	/** The whole body, unless it was too long or not sent to its end. */
	synchronized Optional<byte[]> copy() {
		return (this.complete && this.copy != null) ? Optional.of(this.copy.toByteArray()) : Optional.empty();
	}

	/** Whether all that was sent until now is this. */
	synchronized boolean is(Part expected) {
		return this.bytes == expected.bytes() && MessageDigest.isEqual(Sha256.soFar(this.digest), expected.digest());
	}

	/**
	 * The beginning of a body.
	 *
	 * @param bytes how much of it
	 * @param digest its SHA-256
	 */
	@SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual only
	record Part(long bytes, byte[] digest) {
	}

}
