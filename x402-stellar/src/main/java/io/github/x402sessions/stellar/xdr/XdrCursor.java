package io.github.x402sessions.stellar.xdr;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Walks through bytes that a stranger wrote. A length or a count that they claim is
 * compared with what is left before anything is taken, and values nest as deep as we let
 * them: what is walked costs no more than its own length. Each method throws an
 * {@link IllegalArgumentException} where the bytes are not what it walks over. Not
 * thread-safe.
 */
public final class XdrCursor {

	/** Deeper than any signature of a contract account. */
	private static final int DEEPEST = 32;

	private static final int KEY = 32;

	private static final int LONGEST_SIGNED = 64;

	private static final int LONGEST_MEMO = 28;

	private final byte[] bytes;

	private int position;

	/**
	 * Start at the first byte.
	 * @param bytes what is walked through
	 */
	public XdrCursor(byte[] bytes) {
		this.bytes = bytes;
	}

	/** Return how many bytes were walked over. */
	public int position() {
		return this.position;
	}

	/** Return the bytes from a place on to where the cursor is. */
	public byte[] since(int start) {
		return Arrays.copyOfRange(this.bytes, start, this.position);
	}

	/** Take a number of 32 bits. */
	public int number() {
		return ByteBuffer.wrap(this.bytes, advance(Integer.BYTES), Integer.BYTES).getInt();
	}

	/** Take a number of 64 bits. */
	public long hyper() {
		return ByteBuffer.wrap(this.bytes, advance(Long.BYTES), Long.BYTES).getLong();
	}

	/** Take bytes of a known number. */
	public byte[] fixed(int length) {
		int start = advance(length);
		return Arrays.copyOfRange(this.bytes, start, start + length);
	}

	/** Pass over bytes. */
	public void skip(int length) {
		advance(length);
	}

	/** Take bytes or a text whose length is written before them, and their padding. */
	public byte[] opaque(int longest) {
		int length = count(longest, 1);
		byte[] taken = fixed(length);
		for (int left = -length & (Integer.BYTES - 1); left > 0; left--) {
			require(this.bytes[advance(1)] == 0);
		}
		return taken;
	}

	/** Take whether something follows. */
	public boolean present() {
		return count(1, 0) == 1;
	}

	/**
	 * Take how many elements follow.
	 * @param most the most that there may be
	 * @param least how many bytes each has at least
	 */
	public int count(int most, int least) {
		int count = number();
		require(count >= 0 && count <= most && (long) count * least <= this.bytes.length - this.position);
		return count;
	}

	/** Pass over the source of a transaction or an operation and return its key. */
	public byte[] muxedAccount() {
		int type = number();
		require(type == 0 || type == 0x100);
		if (type != 0) {
			skip(Long.BYTES);
		}
		return fixed(KEY);
	}

	/**
	 * Pass over the conditions of a transaction.
	 * @param mostSigners how many further signers they may want
	 */
	public void preconditions(int mostSigners) {
		int type = count(2, 0);
		if (type == 1 || (type == 2 && present())) {
			skip(2 * Long.BYTES);
		}
		if (type == 2) {
			skip(present() ? 2 * Integer.BYTES : 0);
			skip(present() ? Long.BYTES : 0);
			skip(Long.BYTES + Integer.BYTES);
			for (int left = count(mostSigners, KEY); left > 0; left--) {
				signerKey();
			}
		}
	}

	private void signerKey() {
		int type = count(3, 1);
		skip(KEY);
		if (type == 3) {
			opaque(LONGEST_SIGNED);
		}
	}

	/** Pass over a memo. */
	public void memo() {
		switch (number()) {
			case 0 -> {
			}
			case 1 -> opaque(LONGEST_MEMO);
			case 2 -> skip(Long.BYTES);
			case 3, 4 -> skip(KEY);
			default -> require(false);
		}
	}

	/** Pass over an address. */
	public void address() {
		switch (number()) {
			case 0 -> {
				require(number() == 0);
				skip(KEY);
			}
			case 1, 4 -> skip(KEY);
			case 2 -> skip(Long.BYTES + KEY);
			case 3 -> skip(Integer.BYTES + KEY);
			default -> require(false);
		}
	}

	/** Pass over a call: its contract, its function and its arguments. */
	public void call() {
		address();
		opaque(KEY);
		for (int left = count(Integer.MAX_VALUE, Integer.BYTES); left > 0; left--) {
			value();
		}
	}

	/** Pass over the authorisation, by an address, of one call that calls nothing. */
	public void authorisation() {
		require(number() == 1);
		address();
		skip(Long.BYTES + Integer.BYTES);
		value();
		require(number() == 0);
		call();
		require(number() == 0);
		end();
	}

	/** Pass over a contract's value. */
	public void value() {
		value(DEEPEST);
	}

	private void value(int deeper) {
		require(deeper > 0);
		switch (number()) {
			case 0 -> present();
			case 1, 20 -> {
			}
			case 3, 4 -> skip(Integer.BYTES);
			case 2, 5, 6, 7, 8, 21 -> skip(Long.BYTES);
			case 9, 10 -> skip(2 * Long.BYTES);
			case 11, 12 -> skip(4 * Long.BYTES);
			case 13, 14, 15 -> opaque(Integer.MAX_VALUE);
			case 16 -> values(deeper - 1, 1);
			case 17 -> values(deeper - 1, 2);
			case 18 -> address();
			default -> require(false);
		}
	}

	private void values(int deeper, int each) {
		if (present()) {
			for (int left = count(Integer.MAX_VALUE, each * Integer.BYTES) * each; left > 0; left--) {
				value(deeper);
			}
		}
	}

	private int advance(int length) {
		require(length <= this.bytes.length - this.position);
		int start = this.position;
		this.position += length;
		return start;
	}

	/** Require that nothing is left. */
	void end() {
		require(this.position == this.bytes.length);
	}

	static void require(boolean condition) {
		if (!condition) {
			throw new IllegalArgumentException("these bytes are not what they should be");
		}
	}

}
