package io.github.x402sessions.core.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.body.RefusedBodyException.Reason;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.scheme.SignedCall;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, in memory or in a file of its own, which is gone once this is
 * closed and with the process at the latest. Written by one thread, then read by any.
 */
public final class StoredBody implements AutoCloseable {

	private final ByteBudget memory;

	private final ByteBudget files;

	private final MessageDigest digest = Sha256.begin();

	private byte[] bytes = {};

	private int inMemory;

	private @Nullable FileChannel file;

	private long inFile;

	private final AtomicBoolean closed = new AtomicBoolean();

	StoredBody(ByteBudget memory, ByteBudget files) {
		this.memory = memory;
		this.files = files;
	}

	/**
	 * Add what has arrived.
	 * @throws RefusedBodyException if there is no room
	 */
	void append(byte[] buffer, int count) throws IOException {
		this.digest.update(buffer, 0, count);
		boolean small = this.file == null && this.inMemory + count <= BodyStorage.IN_MEMORY;
		if (small && this.memory.take(count)) {
			keep(buffer, count);
		}
		else if (this.files.take(count)) {
			this.inFile += count;
			write(ByteBuffer.wrap(buffer, 0, count));
		}
		else {
			throw new RefusedBodyException(Reason.CROWDED, "Signed bodies of others take all the room.");
		}
	}

	private void keep(byte[] buffer, int count) {
		if (this.bytes.length < this.inMemory + count) {
			int room = Math.min(BodyStorage.IN_MEMORY, Math.max(2 * this.bytes.length, this.inMemory + count));
			this.bytes = Arrays.copyOf(this.bytes, room);
		}
		System.arraycopy(buffer, 0, this.bytes, this.inMemory, count);
		this.inMemory += count;
	}

	private void write(ByteBuffer content) throws IOException {
		FileChannel file = this.file;
		if (file == null) {
			file = FileChannel.open(Files.createTempFile("x402-body-", null), StandardOpenOption.READ,
					StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
			this.file = file;
		}
		while (content.hasRemaining()) {
			file.write(content);
		}
	}

	/** Return its length, bytes. */
	public long length() {
		return this.inMemory + this.inFile;
	}

	/** Whether it is what a payer has signed for. */
	public boolean isOf(SignedCall signed) {
		return signed.hasBody(this.digest);
	}

	/**
	 * Return the hash of what was received so far.
	 * @return SHA-256, in hexadecimal digits
	 */
	public String hash() {
		return HexFormat.of().formatHex(Sha256.soFar(this.digest));
	}

	/** Read all of it. */
	public StoredInput open() {
		return open(0, length());
	}

	/** Read a part of it. */
	public StoredInput open(long from, long length) {
		return new StoredInput(this, from, from + length);
	}

	/** Read some bytes from a place within it. */
	int read(long at, byte[] target, int offset, int count) throws IOException {
		if (at < this.inMemory) {
			int read = (int) Math.min(count, this.inMemory - at);
			System.arraycopy(this.bytes, (int) at, target, offset, read);
			return read;
		}
		FileChannel file = this.file;
		return (file != null) ? file.read(ByteBuffer.wrap(target, offset, count), at - this.inMemory) : -1;
	}

	/** Nobody reads it any more. */
	@Override
	public void close() throws IOException {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.memory.giveBack(this.inMemory);
		this.files.giveBack(this.inFile);
		if (this.file != null) {
			this.file.close();
		}
	}

}
