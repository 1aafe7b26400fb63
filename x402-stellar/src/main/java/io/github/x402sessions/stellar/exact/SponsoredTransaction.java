package io.github.x402sessions.stellar.exact;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transaction.Signing;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;

/**
 * A transaction of the facilitator's around what a payer has signed, of which it takes
 * the call and the authorisation.
 */
record SponsoredTransaction(SignedTransfer signed, Network network) {

	private static final int INVOKE_HOST_FUNCTION = 24;

	private static final int LEAST_FEE = 100;

	/** Write it to ask what it needs. */
	String question(String source) {
		return new Signing(body(begin(source, LEAST_FEE, 1).number(0), new WireBytes().number(0)), this.network)
			.envelope();
	}

	/** Write and sign it; the ledger that ends it is not among those that may hold it. */
	SignedTransaction signed(AccountSigner source, long sequence, long maxTime, long endLedger, byte[] resources,
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
		Signing signing = new Signing(body(begin, new WireBytes().number(1).bytes(resources)), this.network);
		signing.sign(source, SigningPurpose.TRANSFER);
		return new SignedTransaction(signing.hash(), signing.envelope(), source.address(), sequence, maxTime);
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

}
