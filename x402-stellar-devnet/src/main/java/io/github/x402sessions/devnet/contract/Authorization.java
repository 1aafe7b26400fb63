package io.github.x402sessions.devnet.contract;

import io.github.x402sessions.devnet.xdr.Xdr;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;

/**
 * Consent to a call, as an operation carries it. Protocol 27 brought credentials that
 * name the address in what is signed; their fields are those of the older ones, under
 * another number that the SDK does not know.
 *
 * @param entry the entry, with the older number
 * @param naming whether it has the newer number
 */
public record Authorization(SorobanAuthorizationEntry entry, boolean naming) {

	/** The protocol that brought the newer credentials. */
	public static final int NAMING_SINCE = 27;

	/** The older number. */
	public static final int ADDRESS = 1;

	/** The newer number. */
	public static final int NAMING_ADDRESS = 2;

	/** The entry as it goes over the wire. */
	public byte[] toXdr() {
		byte[] xdr = Xdr.bytes(this.entry::toXdrByteArray);
		if (this.naming) {
			xdr[Integer.BYTES - 1] = NAMING_ADDRESS;
		}
		return xdr;
	}

}
