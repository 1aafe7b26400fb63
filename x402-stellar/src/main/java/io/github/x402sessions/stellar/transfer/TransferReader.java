package io.github.x402sessions.stellar.transfer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.WireAddress;
import io.github.x402sessions.stellar.xdr.Xdr;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.SCValType;

/**
 * Reads what a transaction transfers, by a spender or by the payer itself, byte by byte:
 * recipients may be shared accounts, which the SDK cannot read. Thread-safe.
 */
public final class TransferReader {

	/** The payer, the recipient and the amount. */
	private static final int ARGUMENTS = 3;

	private static final int LONGEST_SYMBOL = 32;

	/**
	 * Read the transfer in a transaction.
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is neither a single
	 * {@code transfer_from} nor a single {@code transfer}
	 */
	public @Nullable Transfer read(String envelope) {
		return read(envelope, null);
	}

	/**
	 * Read the transfer in a transaction, if it is one that a spender has made.
	 * @param spender the spender's address
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is not a single {@code transfer_from}
	 * of that spender
	 */
	@Nullable Transfer readOf(String spender, String envelope) {
		return read(envelope, spender);
	}

	private static @Nullable Transfer read(String envelope, @Nullable String spender) {
		return Xdr.read(envelope, (base64) -> {
			CallEnvelope read = CallEnvelope.of(base64);
			byte[] call = (read != null) ? read.callBytes() : null;
			return (call != null) ? transfer(new XdrCursor(call), spender) : null;
		});
	}

	private static @Nullable Transfer transfer(XdrCursor in, @Nullable String spender) {
		String asset = WireAddress.read(in);
		String function = new String(in.opaque(LONGEST_SYMBOL), StandardCharsets.US_ASCII);
		boolean own = spender == null && function.equals("transfer");
		if (!(own || function.equals("transfer_from")) || in.number() != (own ? ARGUMENTS : 1 + ARGUMENTS)) {
			return null;
		}
		String by = own ? null : argument(in);
		String from = argument(in);
		String to = argument(in);
		return (asset != null && from != null && to != null && (spender == null || spender.equals(by))
				&& in.number() == SCValType.SCV_I128.getValue())
						? new Transfer(asset, from, to, new BigInteger(in.fixed(2 * Long.BYTES))) : null;
	}

	/**
	 * Return {@code null} if the next argument is no address of somebody who pays or is
	 * paid.
	 */
	private static @Nullable String argument(XdrCursor in) {
		return (in.number() == WireAddress.VALUE) ? WireAddress.read(in) : null;
	}

}
