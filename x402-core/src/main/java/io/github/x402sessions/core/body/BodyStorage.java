package io.github.x402sessions.core.body;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import io.github.x402sessions.core.body.RefusedBodyException.Reason;

/**
 * Receives the bodies that payers have signed for, so that they can be compared before
 * any handler runs: small ones into memory, others into temporary files that have no name
 * any more once they are open. What all of them take together is bounded, and so is the
 * time for each to arrive. Thread-safe.
 */
public final class BodyStorage {

	/** How long a body may be by default, bytes. */
	public static final long DEFAULT_LIMIT = 10L * 1024 * 1024;

	/** How much of each body is kept in memory, bytes. */
	static final int IN_MEMORY = 64 * 1024;

	private static final long ALL_IN_MEMORY = 32L * 1024 * 1024;

	/** How many bodies of the full length find room at a time. */
	private static final int LONGEST_AT_A_TIME = 16;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int BUFFER = 16 * 1024;

	private final long limit;

	private final Duration patience;

	private final ByteBudget memory;

	private final ByteBudget files;

	BodyStorage(long limit, Duration patience, ByteBudget memory, ByteBudget files) {
		this.limit = limit;
		this.patience = patience;
		this.memory = memory;
		this.files = files;
	}

	/**
	 * Create a storage.
	 * @param limit how long a body may be, bytes
	 */
	public static BodyStorage of(long limit) {
		return new BodyStorage(limit, PATIENCE, new ByteBudget(ALL_IN_MEMORY),
				new ByteBudget(Math.multiplyExact(limit, LONGEST_AT_A_TIME)));
	}

	/**
	 * Begin to receive a body bit by bit.
	 * @param declared how long it is said to be, bytes; negative if that is not said
	 * @return the body, nothing of which has arrived
	 * @throws RefusedBodyException if it is too long
	 */
	public ArrivingBody begin(long declared) {
		if (declared > this.limit) {
			throw tooLong(this.limit);
		}
		return new ArrivingBody(new StoredBody(this.memory, this.files), this.limit, this.patience);
	}

	/**
	 * Receive a body to its end.
	 * @param body the body as it arrives
	 * @param declared how long it is said to be, bytes; negative if that is not said
	 * @return the body, to be closed in the end
	 * @throws RefusedBodyException if it is too long or too slow, or there is no room
	 * @throws IOException if the client does not send it
	 */
	public StoredBody receive(InputStream body, long declared) throws IOException {
		ArrivingBody arriving = begin(declared);
		boolean received = false;
		try {
			receive(body, arriving);
			received = true;
			return arriving.stored();
		}
		finally {
			if (!received) {
				arriving.stored().close();
			}
		}
	}

	/** Each read waits for as long as the container lets a client say nothing. */
	private static void receive(InputStream body, ArrivingBody arriving) throws IOException {
		byte[] buffer = new byte[BUFFER];
		int read = body.read(buffer);
		while (read >= 0) {
			arriving.add(buffer, read);
			read = body.read(buffer);
		}
	}

	static RefusedBodyException tooLong(long limit) {
		return new RefusedBodyException(Reason.TOO_LARGE, "This server takes signed bodies of up to " + limit
				+ " bytes. Send less, or sign '-' in place of its hash.");
	}

}
