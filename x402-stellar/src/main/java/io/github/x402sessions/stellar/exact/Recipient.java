package io.github.x402sessions.stellar.exact;

import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.Address;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * The receiver of a transfer: an account, a contract, or an account that many share
 * ({@code M…}). The SDK's values cannot hold the last one, so an account of nobody stands
 * for it until the bytes are written.
 *
 * @param value what stands in the call
 * @param muxed the account that is meant; {@code null} where it is the value itself
 */
record Recipient(SCVal value, @Nullable MuxedAccount muxed) {

	/** The number of muxed addresses among addresses. */
	private static final int MUXED = 2;

	/**
	 * Read an address.
	 * @throws IllegalArgumentException if it is none
	 */
	static Recipient of(String address) {
		if (StellarAddress.isAccount(address) || StellarAddress.isContract(address)) {
			return new Recipient(Scv.toAddress(address), null);
		}
		MuxedAccount muxed = muxed(address);
		if (muxed == null) {
			throw new IllegalArgumentException("this is no Stellar address");
		}
		return new Recipient(new Address(KeyPair.random().getAccountId()).toSCVal(), muxed);
	}

	private static @Nullable MuxedAccount muxed(String address) {
		try {
			MuxedAccount read = AccountConverter.enableMuxed().encode(address);
			return (read.getDiscriminant() == CryptoKeyType.KEY_TYPE_MUXED_ED25519
					&& AccountConverter.enableMuxed().decode(read).equals(address)) ? read : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/** The bytes of what holds this recipient. */
	byte[] in(byte[] bytes) {
		MuxedAccount account = this.muxed;
		if (account == null) {
			return bytes;
		}
		byte[] meant = new WireBytes().number(SCValType.SCV_ADDRESS.getValue())
			.number(MUXED)
			.bytes(WireBytes.of(account.getMed25519().getId()::toXdrByteArray))
			.bytes(WireBytes.of(account.getMed25519().getEd25519()::toXdrByteArray))
			.toBytes();
		return WireBytes.replace(bytes, WireBytes.of(this.value::toXdrByteArray), meant);
	}

}
