package io.github.x402sessions.stellar.exact;

import java.nio.ByteBuffer;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.stellar.sdk.Address;

/**
 * The number by which the ledger takes an authorisation once, as long as that can be
 * used. It is made from the name of what is paid for: of several authorisations of one
 * address for one name the ledger takes one, whoever made them and whatever they say.
 *
 * @param address who authorises
 * @param value the number
 */
record AuthorisationNonce(String address, long value) {

	private static final String DOMAIN = "x402-exact-nonce:v1";

	/** Make the nonce of a payment: of its name, which its payee may know. */
	static AuthorisationNonce of(String passphrase, String address, String name) {
		String text = String.join("\n", DOMAIN, passphrase, address, name);
		return new AuthorisationNonce(address, ByteBuffer.wrap(Sha256.of(text)).getLong());
	}

	/** The entry that the ledger has from the use of the nonce until its last ledger. */
	String ledgerKey() {
		return Xdr.write(LedgerKeys.nonce(this.address, this.value));
	}

	/** The address and the number, as they stand in an authorisation. */
	byte[] bytes() {
		byte[] owner = WireBytes.of(new Address(this.address).toSCAddress()::toXdrByteArray);
		return ByteBuffer.allocate(owner.length + Long.BYTES).put(owner).putLong(this.value).array();
	}

}
