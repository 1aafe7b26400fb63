package io.github.x402sessions.devnet.transaction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.BitSet;

import io.github.x402sessions.devnet.contract.Authorization;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.Memo;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.Preconditions;
import org.stellar.sdk.xdr.SequenceNumber;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrDataInputStream;

/**
 * An envelope in a form that the SDK can read: credentials that are newer than the SDK
 * get the number of the older ones, which have the same fields, and are written down.
 */
final class NewerCredentials {

	private final byte[] envelope;

	private final BitSet found = new BitSet();

	private NewerCredentials(byte[] envelope) {
		this.envelope = envelope.clone();
	}

	/**
	 * Looks through an envelope. One that cannot be read is left as it is, for the SDK to
	 * say so.
	 */
	static NewerCredentials in(byte[] envelope) {
		NewerCredentials newer = new NewerCredentials(envelope);
		try {
			newer.read();
			return newer;
		}
		catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			return new NewerCredentials(envelope);
		}
	}

	/** The envelope for the SDK. */
	byte[] readable() {
		return this.envelope;
	}

	/** Which authorization entries have the newer credentials. */
	BitSet found() {
		return this.found;
	}

	private void read() throws IOException {
		ByteArrayInputStream bytes = new ByteArrayInputStream(this.envelope);
		XdrDataInputStream in = new XdrDataInputStream(bytes);
		int type = in.readInt();
		if (type == EnvelopeType.ENVELOPE_TYPE_TX_FEE_BUMP.getValue()) {
			MuxedAccount.decode(in);
			Int64.decode(in);
			type = in.readInt();
		}
		if (type == EnvelopeType.ENVELOPE_TYPE_TX.getValue()) {
			readTransaction(in, bytes);
		}
	}

	private void readTransaction(XdrDataInputStream in, ByteArrayInputStream bytes) throws IOException {
		MuxedAccount.decode(in);
		Uint32.decode(in);
		SequenceNumber.decode(in);
		Preconditions.decode(in);
		Memo.decode(in);
		int operations = in.readInt();
		if (operations != 1) {
			return;
		}
		if (in.readInt() == 1) {
			MuxedAccount.decode(in);
		}
		if (in.readInt() == OperationType.INVOKE_HOST_FUNCTION.getValue()) {
			HostFunction.decode(in);
			readEntries(in, bytes);
		}
	}

	private void readEntries(XdrDataInputStream in, ByteArrayInputStream bytes) throws IOException {
		int count = in.readInt();
		for (int entry = 0; entry < count; entry++) {
			int last = this.envelope.length - bytes.available() + Integer.BYTES - 1;
			if (this.envelope[last] == Authorization.NAMING_ADDRESS) {
				this.envelope[last] = Authorization.ADDRESS;
				this.found.set(entry);
			}
			SorobanAuthorizationEntry.decode(in);
		}
	}

}
