package io.github.x402sessions.devnet.contract.authorization;

import java.util.Arrays;

import io.github.x402sessions.devnet.xdr.XdrRewriter;

/**
 * Addresses that sign for another, and those that sign for them. No account and no
 * contract here asks them; but they are part of the entry, and have to be in the order of
 * their addresses, none twice.
 *
 * @param xdr the list as XDR; empty where the credentials have none
 * @param ordered whether all are in their order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record Delegates(byte[] xdr, boolean ordered) {

	/** Of credentials without delegates. */
	public static final Delegates NONE = new Delegates(new byte[0], true);

	/**
	 * Reads the list that the bytes begin with.
	 * @throws RuntimeException if they do not
	 */
	public static Delegates read(byte[] xdr) {
		XdrRewriter in = new XdrRewriter(xdr);
		boolean ordered = readList(in);
		return new Delegates(Arrays.copyOf(xdr, in.position()), ordered);
	}

	private static boolean readList(XdrRewriter in) {
		boolean ordered = true;
		byte[] previous = {};
		for (int left = in.int32(); left > 0; left--) {
			int start = in.toBytes().length;
			in.address();
			byte[] written = in.toBytes();
			byte[] address = Arrays.copyOfRange(written, start, written.length);
			ordered &= Arrays.compareUnsigned(previous, address) < 0;
			in.value();
			ordered &= readList(in);
			previous = address;
		}
		return ordered;
	}

}
