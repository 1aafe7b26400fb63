package io.github.x402sessions.devnet.xdr;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.stellar.sdk.xdr.SCValType;
import org.stellar.sdk.xdr.XdrDataInputStream;

/**
 * Walks through XDR and writes it again as the SDK can read it. Not thread-safe.
 */
public final class XdrRewriter {

	private static final int HASH = 32;

	/** The kinds of addresses: account, contract, muxed account, balance, pool. */
	private static final int ACCOUNT = 0;

	private static final int CLAIMABLE_BALANCE = 3;

	private final ByteBuffer in;

	private final XdrWriter out = new XdrWriter();

	/**
	 * Starts at the first byte.
	 * @param xdr what is read
	 */
	public XdrRewriter(byte[] xdr) {
		this.in = ByteBuffer.wrap(xdr);
	}

	/** Takes a number without writing it. */
	public int take() {
		return this.in.getInt();
	}

	/** Writes a number that was not read. */
	public void put(int value) {
		this.out.int32(value);
	}

	/** Copies a number. */
	public int int32() {
		int value = take();
		put(value);
		return value;
	}

	/** Copies something of a known length. */
	public void copy(int length) {
		this.out.raw(bytes(length));
	}

	/** Copies the rest. */
	public void rest() {
		copy(this.in.remaining());
	}

	/** Copies a value that the SDK can read. */
	public void copy(Reader reader) throws IOException {
		ByteArrayInputStream remaining = new ByteArrayInputStream(this.in.array(), this.in.position(),
				this.in.remaining());
		reader.read(new XdrDataInputStream(remaining));
		copy(this.in.remaining() - remaining.available());
	}

	/** Copies a text or bytes. */
	public void opaque() {
		int length = int32();
		copy((length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES);
	}

	/** Copies an address. */
	public void address() {
		addressOf(int32());
	}

	private void addressOf(int type) {
		copy((type == ACCOUNT || type == CLAIMABLE_BALANCE) ? Integer.BYTES + HASH : HASH);
	}

	/** Copies a contract's value, with stand-ins for muxed addresses. */
	public void value() {
		SCValType type = typeOf(take());
		if (type == SCValType.SCV_ADDRESS) {
			addressValue();
			return;
		}
		put(type.getValue());
		switch (type) {
			case SCV_VOID, SCV_LEDGER_KEY_CONTRACT_INSTANCE -> {
			}
			case SCV_BOOL, SCV_U32, SCV_I32 -> copy(Integer.BYTES);
			case SCV_ERROR, SCV_U64, SCV_I64, SCV_TIMEPOINT, SCV_DURATION, SCV_LEDGER_KEY_NONCE -> copy(Long.BYTES);
			case SCV_U128, SCV_I128 -> copy(2 * Long.BYTES);
			case SCV_U256, SCV_I256 -> copy(4 * Long.BYTES);
			case SCV_BYTES, SCV_STRING, SCV_SYMBOL -> opaque();
			case SCV_VEC -> list(1);
			case SCV_MAP -> list(2);
			default -> throw new IllegalArgumentException("no argument can be that");
		}
	}

	private static SCValType typeOf(int number) {
		return Arrays.stream(SCValType.values())
			.filter((type) -> type.getValue() == number)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no type of a value: " + number));
	}

	/**
	 * Copies values.
	 * @param times how many in a row each element has
	 */
	private void list(int times) {
		if (int32() == 1) {
			values(times);
		}
	}

	/** Copies a list of values. */
	public void values() {
		values(1);
	}

	private void values(int times) {
		int count = int32();
		for (int i = 0; i < count * times; i++) {
			value();
		}
	}

	private void addressValue() {
		int type = take();
		if (MuxedAddress.isMuxed(type)) {
			BigInteger id = new BigInteger(1, bytes(Long.BYTES));
			this.out.raw(XdrCodec.bytes(new MuxedAddress(bytes(HASH), id).toScVal()::toXdrByteArray));
			return;
		}
		put(SCValType.SCV_ADDRESS.getValue());
		put(type);
		addressOf(type);
	}

	/** The position of reading. */
	public int position() {
		return this.in.position();
	}

	/** Passes over bytes without writing them. */
	public byte[] skip(int length) {
		return bytes(length);
	}

	/** The bytes written so far. */
	public byte[] toBytes() {
		return this.out.toBytes();
	}

	private byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		this.in.get(bytes);
		return bytes;
	}

	/**
	 * Reads a value, as the generated classes do.
	 */
	@FunctionalInterface
	public interface Reader {

		void read(XdrDataInputStream in) throws IOException;

	}

}
