package io.github.x402sessions.devnet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.EnvelopeType;

/**
 * A transaction with parts that the SDK cannot write: they are put into its bytes, which
 * are signed then.
 *
 * @param body the XDR of the transaction without its signatures
 */
record RawTransaction(byte[] body) {

	/** Takes what the SDK built, with muxed addresses where their stand-ins are. */
	static RawTransaction of(Transaction transaction) {
		byte[] envelope = XdrCodec.bytes(transaction.toEnvelopeXdr()::toXdrByteArray);
		byte[] body = Arrays.copyOfRange(envelope, Integer.BYTES, envelope.length - Integer.BYTES);
		return new RawTransaction(MuxedAddress.toWire(body));
	}

	/** Replaces the one place where some bytes are. */
	RawTransaction replace(byte[] old, byte[] by) {
		for (int at = 0; at + old.length <= this.body.length; at += Integer.BYTES) {
			if (Arrays.equals(this.body, at, at + old.length, old, 0, old.length)) {
				return new RawTransaction(new XdrWriter().raw(Arrays.copyOf(this.body, at))
					.raw(by)
					.raw(Arrays.copyOfRange(this.body, at + old.length, this.body.length))
					.toBytes());
			}
		}
		throw new IllegalArgumentException("the bytes are nowhere");
	}

	/** The envelope, base64 XDR. */
	String signed(String passphrase, KeyPair... signers) {
		byte[] hash = hash(passphrase);
		List<byte[]> signatures = Arrays.stream(signers)
			.map((signer) -> XdrCodec.bytes(signer.signDecorated(hash)::toXdrByteArray))
			.toList();
		return XdrCodec.base64(new XdrWriter().int32(EnvelopeType.ENVELOPE_TYPE_TX.getValue())
			.raw(this.body)
			.array(signatures)
			.toBytes());
	}

	byte[] hash(String passphrase) {
		return XdrCodec.sha256(new XdrWriter().raw(XdrCodec.sha256(passphrase.getBytes(StandardCharsets.UTF_8)))
			.int32(EnvelopeType.ENVELOPE_TYPE_TX.getValue())
			.raw(this.body)
			.toBytes());
	}

}
