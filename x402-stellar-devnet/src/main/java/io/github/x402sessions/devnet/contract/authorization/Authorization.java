package io.github.x402sessions.devnet.contract.authorization;

import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;

/**
 * Consent to a call, as an operation carries it. The SDK knows only the first form of
 * credentials.
 *
 * @param entry the entry in the first form
 * @param form the form it really has
 * @param delegates who else signs
 */
public record Authorization(SorobanAuthorizationEntry entry, CredentialsForm form, Delegates delegates) {

	/** Consent in one of the forms without delegates. */
	static Authorization of(SorobanAuthorizationEntry entry, CredentialsForm form) {
		return new Authorization(entry, form, Delegates.NONE);
	}

	/** The entry as it goes over the wire. */
	public byte[] toXdr() {
		SorobanAddressCredentials own = this.entry.getCredentials().getAddress();
		if (own == null) {
			return MuxedAddress.toWire(XdrCodec.bytes(this.entry::toXdrByteArray));
		}
		return MuxedAddress.toWire(new XdrWriter().int32(this.form.number())
			.raw(XdrCodec.bytes(own::toXdrByteArray))
			.raw(this.delegates.xdr())
			.raw(XdrCodec.bytes(this.entry.getRootInvocation()::toXdrByteArray))
			.toBytes());
	}

}
