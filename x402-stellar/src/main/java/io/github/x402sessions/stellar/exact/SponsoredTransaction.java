package io.github.x402sessions.stellar.exact;

import java.util.Base64;
import java.util.HexFormat;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.xdr.CallEnvelope;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.xdr.EnvelopeType;

/**
 * A transaction of the facilitator's around what a payer has signed, of which it takes
 * the call and the authorisation.
 */
record SponsoredTransaction(SignedTransfer signed, Network network) {

	private static final int TYPE = EnvelopeType.ENVELOPE_TYPE_TX.getValue();

	private static final int INVOKE_HOST_FUNCTION = 24;

	private static final int LEAST_FEE = 100;

	/** Write it to ask what it needs. */
	String question(String source) {
		byte[] body = body(begin(source, LEAST_FEE, 1).number(0), new WireBytes().number(0));
		return envelope(body, new WireBytes().number(0));
	}

	/** Write and sign it; the ledger that ends it is not among those that may hold it. */
	SignedTransaction signed(AccountKey source, long sequence, long maxTime, long endLedger, byte[] resources,
			long fee) {
		WireBytes begin = begin(source.address(), Math.toIntExact(fee), sequence).number(2)
			.number(1)
			.number(0L)
			.number(maxTime)
			.number(1)
			.number(0)
			.number((int) endLedger)
			.number(0)
			.number(0L)
			.number(0)
			.number(0);
		byte[] body = body(begin, new WireBytes().number(1).bytes(resources));
		byte[] hash = CallEnvelope.hash(this.network, TYPE, body);
		WireBytes signatures = new WireBytes().number(1)
			.bytes(WireBytes.of(source.signDecorated(hash)::toXdrByteArray));
		return new SignedTransaction(HexFormat.of().formatHex(hash), envelope(body, signatures), source.address(),
				sequence, maxTime);
	}

	private static WireBytes begin(String source, int fee, long sequence) {
		return new WireBytes().number(0)
			.bytes(KeyPair.fromAccountId(source).getPublicKey())
			.number(fee)
			.number(sequence);
	}

	/** No memo, one operation of the transaction's source, one authorisation. */
	private byte[] body(WireBytes begin, WireBytes end) {
		return begin.number(0)
			.number(1)
			.number(0)
			.number(INVOKE_HOST_FUNCTION)
			.number(0)
			.bytes(this.signed.call())
			.number(1)
			.bytes(this.signed.entry())
			.bytes(end.toBytes())
			.toBytes();
	}

	private static String envelope(byte[] body, WireBytes signatures) {
		return Base64.getEncoder()
			.encodeToString(new WireBytes().number(TYPE).bytes(body).bytes(signatures.toBytes()).toBytes());
	}

}
