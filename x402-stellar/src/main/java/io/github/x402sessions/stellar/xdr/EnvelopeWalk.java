package io.github.x402sessions.stellar.xdr;

/**
 * Walks through an envelope, which is a transaction of calls or one that pays the fee of
 * such. What is newer than the SDK is refused as it would refuse it.
 */
final class EnvelopeWalk {

	static final int PLAIN = 2;

	static final int FEE_BUMP = 5;

	static final int INVOKE_HOST_FUNCTION = 24;

	private static final int MOST_OPERATIONS = 100;

	private static final int MOST_SIGNERS = 2;

	private static final int MOST_SIGNATURES = 20;

	private static final int LONGEST_SIGNATURE = 64;

	/** Deeper than calls go. */
	private static final int DEEPEST = 32;

	private static final int KEY = 32;

	private final XdrCursor in;

	private EnvelopeWalk(XdrCursor in) {
		this.in = in;
	}

	/**
	 * Walk through all of it.
	 * @throws IllegalArgumentException if it is no such envelope
	 */
	static void over(byte[] envelope) {
		XdrCursor in = new XdrCursor(envelope);
		EnvelopeWalk walk = new EnvelopeWalk(in);
		int type = in.number();
		boolean feeBump = type == FEE_BUMP;
		if (feeBump) {
			in.muxedAccount();
			in.skip(Long.BYTES);
			type = in.number();
		}
		XdrCursor.require(type == PLAIN);
		walk.transaction();
		walk.signatures();
		if (feeBump) {
			XdrCursor.require(in.number() == 0);
			walk.signatures();
		}
		in.end();
	}

	/** Walk as far as the number of the operations. */
	static void toOperations(XdrCursor in) {
		in.muxedAccount();
		in.skip(Integer.BYTES + Long.BYTES);
		in.preconditions(MOST_SIGNERS);
		in.memo();
	}

	private void transaction() {
		toOperations(this.in);
		for (int left = this.in.count(MOST_OPERATIONS, Integer.BYTES); left > 0; left--) {
			operation();
		}
		if (this.in.present()) {
			resources();
		}
	}

	private void operation() {
		if (this.in.present()) {
			this.in.muxedAccount();
		}
		XdrCursor.require(this.in.number() == INVOKE_HOST_FUNCTION && this.in.number() == 0);
		this.in.call();
		for (int left = this.in.count(Integer.MAX_VALUE, 2 * Integer.BYTES); left > 0; left--) {
			if (this.in.present()) {
				this.in.address();
				this.in.skip(Long.BYTES + Integer.BYTES);
				this.in.value();
			}
			invocation(DEEPEST);
		}
	}

	private void invocation(int deeper) {
		XdrCursor.require(deeper > 0 && this.in.number() == 0);
		this.in.call();
		for (int left = this.in.count(Integer.MAX_VALUE, 2 * Integer.BYTES); left > 0; left--) {
			invocation(deeper - 1);
		}
	}

	private void resources() {
		XdrCursor.require(this.in.number() == 0);
		for (int i = 0; i < 2; i++) {
			for (int left = this.in.count(Integer.MAX_VALUE, KEY); left > 0; left--) {
				ledgerKey();
			}
		}
		this.in.skip(3 * Integer.BYTES + Long.BYTES);
	}

	/** Those that calls touch. */
	private void ledgerKey() {
		switch (this.in.number()) {
			case 0 -> account();
			case 1 -> {
				account();
				asset();
			}
			case 6 -> {
				this.in.address();
				this.in.value();
				this.in.skip(Integer.BYTES);
			}
			case 7, 9 -> this.in.skip(KEY);
			default -> XdrCursor.require(false);
		}
	}

	private void account() {
		XdrCursor.require(this.in.number() == 0);
		this.in.skip(KEY);
	}

	private void asset() {
		int type = this.in.count(3, 0);
		this.in.skip(switch (type) {
			case 1 -> 4;
			case 2 -> 12;
			case 3 -> KEY;
			default -> 0;
		});
		if (type == 1 || type == 2) {
			account();
		}
	}

	private void signatures() {
		for (int left = this.in.count(MOST_SIGNATURES, 2 * Integer.BYTES); left > 0; left--) {
			this.in.skip(Integer.BYTES);
			this.in.opaque(LONGEST_SIGNATURE);
		}
	}

}
