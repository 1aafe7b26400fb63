package io.github.x402sessions.stellar.exact;

import io.github.x402sessions.core.hash.Sha256;
import org.stellar.sdk.Network;
import org.stellar.sdk.xdr.EnvelopeType;

/**
 * What is signed of an authorisation. Newer credentials name their address in it.
 *
 * @param credentials the type of the credentials
 * @param address the address's bytes
 * @param nonce the number by which it is used once
 * @param expiration the last ledger that takes it
 * @param invocation the bytes of what is authorised
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record SignedPreimage(int credentials, byte[] address, long nonce, int expiration, byte[] invocation) {

	/** The first credentials of addresses. */
	static final int PLAIN = 1;

	/** Those whose preimage names the address (CAP-71). */
	static final int NAMING = 2;

	/** The SDK does not know it. */
	private static final int NAMING_TYPE = 10;

	byte[] hash(Network network) {
		return Sha256.begin().digest(bytes(network));
	}

	byte[] bytes(Network network) {
		boolean naming = this.credentials == NAMING;
		return new WireBytes()
			.number(naming ? NAMING_TYPE : EnvelopeType.ENVELOPE_TYPE_SOROBAN_AUTHORIZATION.getValue())
			.bytes(network.getNetworkId())
			.number(this.nonce)
			.number(this.expiration)
			.bytes(naming ? this.address : new byte[0])
			.bytes(this.invocation)
			.toBytes();
	}

}
