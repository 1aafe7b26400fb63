package io.github.x402sessions.devnet.transaction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.Memo;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.Preconditions;
import org.stellar.sdk.xdr.SequenceNumber;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrDataInputStream;

/**
 * An envelope in a form that the SDK can read: without the extension of the declared
 * resources that is newer than the SDK, which lists the archived entries to restore.
 *
 * @param readable the envelope for the SDK
 * @param archived places of archived entries in the writable footprint
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record ArchivedEntryExtension(byte[] readable, List<Integer> archived) {

	/**
	 * Looks through an envelope. One that cannot be read is left as it is, for the SDK to
	 * say so.
	 */
	static ArchivedEntryExtension in(byte[] envelope) {
		try {
			ByteArrayInputStream bytes = new ByteArrayInputStream(envelope);
			return read(envelope, bytes, new XdrDataInputStream(bytes));
		}
		catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			return none(envelope);
		}
	}

	private static ArchivedEntryExtension read(byte[] envelope, ByteArrayInputStream bytes, XdrDataInputStream in)
			throws IOException {
		int type = in.readInt();
		if (type == EnvelopeType.ENVELOPE_TYPE_TX_FEE_BUMP.getValue()) {
			MuxedAccount.decode(in);
			Int64.decode(in);
			type = in.readInt();
		}
		if (type != EnvelopeType.ENVELOPE_TYPE_TX.getValue()) {
			return none(envelope);
		}
		MuxedAccount.decode(in);
		Uint32.decode(in);
		SequenceNumber.decode(in);
		Preconditions.decode(in);
		Memo.decode(in);
		for (int operations = in.readInt(); operations > 0; operations--) {
			Operation.decode(in);
		}
		int start = envelope.length - bytes.available() + Integer.BYTES;
		boolean resources = in.readInt() == 1;
		boolean extended = resources && in.readInt() == 1;
		return extended ? read(envelope, start, in) : none(envelope);
	}

	/**
	 * Reads the extension and replaces it by none.
	 * @param start where it begins
	 */
	private static ArchivedEntryExtension read(byte[] envelope, int start, XdrDataInputStream in) throws IOException {
		List<Integer> archived = new ArrayList<>();
		for (int count = in.readInt(); count > 0; count--) {
			archived.add(in.readInt());
		}
		int cut = Integer.BYTES * (1 + archived.size());
		byte[] readable = new XdrWriter().raw(Arrays.copyOf(envelope, start))
			.int32(0)
			.raw(Arrays.copyOfRange(envelope, start + Integer.BYTES + cut, envelope.length))
			.toBytes();
		return new ArchivedEntryExtension(readable, List.copyOf(archived));
	}

	private static ArchivedEntryExtension none(byte[] envelope) {
		return new ArchivedEntryExtension(envelope, List.of());
	}

}
